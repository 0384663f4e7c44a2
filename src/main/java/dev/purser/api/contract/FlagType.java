package dev.purser.api.contract;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** True or false. */
record FlagType() implements Type {

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        JsonToken token = in.parser().currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            return in.mismatch(this);
        }
        return token == JsonToken.VALUE_TRUE;
    }
}
