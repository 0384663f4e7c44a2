package dev.purser.api.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** One pass over a body, and what was found to be wrong on the way. */
final class JsonReading implements Notes {

    private static final int MOST_VIOLATIONS = 20;

    private final byte[] body;
    private final JsonParser parser;
    private final List<Violation> violations = new ArrayList<>(0);

    JsonReading(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    JsonParser parser() {
        return parser;
    }

    List<Violation> violations() {
        return violations;
    }

    @Override
    public void note(Violation violation) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(violation);
        }
    }

    /** Where the value is on whose token the parser stands. */
    String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    /** Notes that the current value is of another type, and skips it. */
    @Nullable
    Object mismatch(Type type) throws IOException {
        return mismatch(type, "it is " + shown());
    }

    /** Notes what is wrong with the current value, and skips it. */
    @Nullable
    Object mismatch(Type type, @Nullable String found) throws IOException {
        unexpected(type.expected(), found == null ? "it is something else" : found);
        return null;
    }

    void unexpected(String expected, String found) throws IOException {
        note(new Violation(pointer(), expected, found));
        skipValue();
    }

    void skipValue() throws IOException {
        parser.skipChildren();
    }

    String shownText() throws IOException {
        return Violation.shown(parser.getText());
    }

    private String shown() throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string " + shownText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getText();
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getText();
            case VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE -> token.asString();
        };
    }

    /** A second parser, before the token on which the first one stands. */
    JsonParser lookAhead() throws IOException {
        int offset = (int) parser.currentTokenLocation().getByteOffset();
        return BodyReader.JSON.createParser(body, offset, body.length - offset);
    }
}
