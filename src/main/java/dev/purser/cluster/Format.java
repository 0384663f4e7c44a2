package dev.purser.cluster;

import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;

/** How values of one type are written to the wire and read from it. */
interface Format {

    void write(Buffer out, Object value);

    Object read(Reader in);

    /** A place in a received message. */
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

        String readText() {
            int length = readInt();
            position += length;
            return buffer.getString(position - length, position, StandardCharsets.UTF_8.name());
        }
    }
}
