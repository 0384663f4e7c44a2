package dev.purser.api.contract;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** A schema of the contract, compiled. */
sealed interface Type permits IntegerType, TextType, TimeType, FlagType, OrNullType, ListType, ObjectType, ChoiceType,
        FreeObjectType {

    /** What is expected, as the end of a sentence: "a whole number from 1 to 10". */
    String expected();

    /**
     * Reads the value on which {@code in} stands, to its last token. When it is not of this type that is noted in
     * {@code in}, and what is returned means nothing.
     */
    @Nullable
    Object read(JsonReading in) throws IOException;

    /** Reads a parameter's text, or returns null when it is not of this type. */
    default @Nullable Object parse(String text) {
        throw new IllegalStateException("Expected a type that a parameter can have, but found " + expected());
    }
}
