package dev.purser.api.contract;

import java.io.IOException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/**
 * A string.
 *
 * @param alphabet the characters it may have; without one, all but control characters and halves of characters
 * @param values the only strings it may be; empty when any may
 */
record TextType(int minLength, int maxLength, @Nullable Alphabet alphabet, Set<String> values) implements Type {

    @Override
    public String expected() {
        if (!values.isEmpty()) {
            return values.size() == 1 ? "\"" + values.iterator().next() + "\"" : "one of " + String.join(", ", values);
        }
        String characters = alphabet == null ? " characters" : " characters of " + alphabet;
        return "a string of " + minLength + " to " + maxLength + characters;
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.VALUE_STRING) {
            return in.mismatch(this);
        }
        String text = in.parser().getText();
        return fault(text) == null ? text : in.mismatch(this, fault(text));
    }

    @Override
    public @Nullable Object parse(String text) {
        return fault(text) == null ? text : null;
    }

    /** What is wrong with the text, or null. */
    private @Nullable String fault(String text) {
        if (!values.isEmpty()) {
            return values.contains(text) ? null : "it is " + Violation.shown(text);
        }
        String fault = CharacterFaults.of(text, false);
        if (fault != null) {
            return fault;
        }
        int length = text.codePointCount(0, text.length());
        if (length < minLength || length > maxLength) {
            return "it has " + length;
        }
        return alphabet == null || alphabet.accepts(text) ? null : "it is " + Violation.shown(text);
    }
}
