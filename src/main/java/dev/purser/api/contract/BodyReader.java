package dev.purser.api.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Reads a JSON body into fields, checking it against its type in the same pass. */
final class BodyReader {

    private static final int MOST_LEVELS = 16;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 256;

    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS)
                    .maxNumberLength(LONGEST_NUMBER).maxNameLength(LONGEST_NAME).build())
            .build();

    private BodyReader() {
    }

    static Checked read(ObjectType type, byte[] body) {
        if (body.length == 0) {
            return invalid("it is empty");
        }
        if (body[0] == (byte) 0xEF) {
            return invalid("it begins with a byte order mark");
        }
        if (!isUtf8(body)) {
            return invalid("it is not valid UTF-8");
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return read(type, new JsonReading(body, parser));
        } catch (IOException malformed) {
            return invalid("it is malformed or nested too deeply");
        }
    }

    private static Checked read(ObjectType type, JsonReading in) throws IOException {
        if (in.parser().nextToken() == null) {
            return invalid("it is empty");
        }
        Object value = type.read(in);
        if (in.parser().nextToken() != null) {
            return invalid("something follows it");
        }
        return in.violations().isEmpty() && value instanceof Fields fields
                ? new Checked.Valid(fields)
                : new Checked.Invalid(List.copyOf(in.violations()));
    }

    private static Checked invalid(String found) {
        return new Checked.Invalid(List.of(new Violation("", "one JSON object as the body", found)));
    }

    private static boolean isUtf8(byte[] body) {
        for (byte each : body) {
            if (each < 0) {
                return decodes(body);
            }
        }
        return true;
    }

    private static boolean decodes(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).hasRemaining();
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
