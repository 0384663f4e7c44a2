package dev.purser.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

/** Writes JSON into bytes, field by field. */
final class JsonOut {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator generator;

    private JsonOut(JsonGenerator generator) {
        this.generator = generator;
    }

    static byte[] object(JsonBody body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
                JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            body.write(new JsonOut(generator));
            generator.writeEndObject();
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String name, long value) {
        write(() -> generator.writeNumberField(name, value));
    }

    void put(String name, boolean value) {
        write(() -> generator.writeBooleanField(name, value));
    }

    void put(String name, @Nullable String value) {
        write(() -> generator.writeStringField(name, value));
    }

    void put(String name, @Nullable Instant value) {
        put(name, value == null ? null : value.toString());
    }

    /** Leaves the field out when there is no value. */
    void putIfAny(String name, @Nullable String value) {
        if (value != null) {
            put(name, value);
        }
    }

    /** Puts JSON that is written already; leaves the field out when there is none. */
    void putJson(String name, @Nullable String json) {
        if (json != null) {
            write(() -> {
                generator.writeFieldName(name);
                generator.writeRawValue(json);
            });
        }
    }

    void put(String name, JsonBody value) {
        write(() -> {
            generator.writeObjectFieldStart(name);
            value.write(this);
            generator.writeEndObject();
        });
    }

    /** Puts an array of objects. */
    void put(String name, Iterable<? extends JsonBody> values) {
        write(() -> {
            generator.writeArrayFieldStart(name);
            for (JsonBody value : values) {
                generator.writeStartObject();
                value.write(this);
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
