package dev.purser.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;

/** Writes JSON, field by field. */
final class JsonOut {

    private static final JsonFactory JSON = new JsonFactory();
    /** Most replies are no longer. */
    private static final int BYTES = 512;

    private final JsonGenerator generator;

    private JsonOut(JsonGenerator generator) {
        this.generator = generator;
    }

    static Buffer object(JsonBody body) {
        Buffer bytes = Buffer.buffer(BYTES);
        try (JsonGenerator generator = JSON.createGenerator(new Appending(bytes))) {
            generator.writeStartObject();
            body.write(new JsonOut(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    void put(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
    }

    void put(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    void put(String name, @Nullable String value) throws IOException {
        generator.writeStringField(name, value);
    }

    void put(String name, @Nullable Instant value) throws IOException {
        put(name, value == null ? null : TimeText.of(value));
    }

    /** Leaves the field out when there is no value. */
    void putIfAny(String name, @Nullable String value) throws IOException {
        if (value != null) {
            put(name, value);
        }
    }

    /** Puts JSON that is written already; leaves the field out when there is none. */
    void putJson(String name, @Nullable String json) throws IOException {
        if (json != null) {
            generator.writeFieldName(name);
            generator.writeRawValue(json);
        }
    }

    void put(String name, JsonBody value) throws IOException {
        generator.writeObjectFieldStart(name);
        value.write(this);
        generator.writeEndObject();
    }

    /** Puts an array of objects. */
    void put(String name, Iterable<? extends JsonBody> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (JsonBody value : values) {
            generator.writeStartObject();
            value.write(this);
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    /** What the generator has gathered comes in one piece, so that the bytes are copied once. */
    private static final class Appending extends OutputStream {

        private final Buffer buffer;

        Appending(Buffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int value) {
            buffer.appendByte((byte) value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            buffer.appendBytes(bytes, offset, length);
        }
    }
}
