package dev.purser.api.contract;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** A value of the other type, or null. */
record OrNullType(Type other) implements Type {

    @Override
    public String expected() {
        return other.expected() + " or null";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        return in.parser().currentToken() == JsonToken.VALUE_NULL ? null : other.read(in);
    }
}
