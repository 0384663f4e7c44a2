package dev.purser.cluster;

import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;

/** How values of one type are written to the wire and read from it. */
interface Format {

    void write(Buffer out, Object value);

    Object read(Reader in);

    /** A place in a received message. What its bytes say of themselves is checked before it is believed. */
    final class Reader {

        private final Buffer buffer;
        private int position;

        Reader(Buffer buffer, int position) {
            this.buffer = buffer;
            this.position = position;
        }

        int position() {
            return position;
        }

        void moveTo(int newPosition) {
            position = newPosition;
        }

        byte readByte() {
            return buffer.getByte(position++);
        }

        int readInt() {
            position += 4;
            return buffer.getInt(position - 4);
        }

        long readLong() {
            position += 8;
            return buffer.getLong(position - 8);
        }

        /** A number of bytes to come, or of things that take at least one each: there cannot be more than are left. */
        int readSize() {
            int size = readInt();
            if (size < 0 || size > buffer.length() - position) {
                throw new IllegalArgumentException("Expected a size from 0 to the %d bytes that are left, but met %d"
                        .formatted(buffer.length() - position, size));
            }
            return size;
        }

        String readText() {
            int length = readSize();
            position += length;
            return buffer.getString(position - length, position, StandardCharsets.UTF_8.name());
        }
    }
}
