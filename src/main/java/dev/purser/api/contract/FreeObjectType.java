package dev.purser.api.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** An object of the caller's own making, kept as canonical text. */
record FreeObjectType(int maxBytes, int maxDepth) implements Type {

    @Override
    public String expected() {
        return "a JSON object of at most " + maxBytes + " bytes and " + maxDepth + " levels";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            return in.mismatch(this);
        }
        String pointer = in.pointer();
        CanonicalJson json = new CanonicalJson(in.parser(), maxDepth);
        String text = json.read();
        String fault = json.fault();
        if (fault == null && text.getBytes(StandardCharsets.UTF_8).length + json.growth() > maxBytes) {
            fault = "it is larger";
        }
        if (fault == null) {
            return text;
        }
        in.note(new Violation(pointer, expected(), fault));
        return null;
    }
}
