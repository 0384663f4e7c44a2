package dev.purser.api.contract;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** An object of one of several types, told apart by the value of one field. */
record ChoiceType(String discriminator, Map<String, ObjectType> variants) implements Type {

    @Override
    public String expected() {
        return "an object whose " + discriminator + " is one of " + String.join(", ", variants.keySet());
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            return in.mismatch(this);
        }
        String name = find(in);
        ObjectType variant = name == null ? null : variants.get(name);
        if (variant == null) {
            return in.mismatch(this, name == null ? "there is none" : "it is " + Violation.shown(name));
        }
        return Objects.requireNonNull(variant.read(in));
    }

    /** Looks ahead for the discriminator, which mostly is the first field. */
    private @Nullable String find(JsonReading in) throws IOException {
        try (JsonParser ahead = in.lookAhead()) {
            JsonToken token = ahead.nextToken();
            while (token == JsonToken.START_OBJECT || token == JsonToken.FIELD_NAME) {
                if (token == JsonToken.FIELD_NAME && ahead.currentName().equals(discriminator)) {
                    return ahead.nextToken() == JsonToken.VALUE_STRING ? ahead.getText() : null;
                }
                if (token == JsonToken.FIELD_NAME) {
                    ahead.nextToken();
                    ahead.skipChildren();
                }
                token = ahead.nextToken();
            }
            return null;
        }
    }
}
