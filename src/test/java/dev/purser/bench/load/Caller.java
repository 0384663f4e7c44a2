package dev.purser.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection with at most one request under way. */
final class Caller implements AutoCloseable {

    private static final int LARGEST_ANSWER = 16 << 10;
    private static final byte[] LENGTH = Requests.ascii("content-length: ");
    private static final int STATUS_AT = 9;
    private static final int MIDDLE_AT = 10;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Requests.LARGEST);
    private final byte[] answer = new byte[LARGEST_ANSWER];
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_ANSWER);
    private int received;
    private long since;
    private boolean spends;

    Caller(int port, Selector selector) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends the next request; its latency counts from {@code when}. */
    void send(Requests requests, long when) throws IOException {
        since = when;
        out.clear();
        spends = requests.next(out);
        out.flip();
        while (out.hasRemaining()) {
            // One small request at a time always fits into the socket's buffer.
            channel.write(out);
        }
    }

    /** Reads what is there; answers whether that completes the answer. */
    boolean receive() throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            throw new EOFException("Expected an answer, but the server closed the connection");
        }
        in.flip().get(answer, received, count);
        received += count;
        int end = end();
        if (end > received || end < 0) {
            return false;
        }
        received = 0;
        return true;
    }

    /** Where the answer ends, or -1 while its head is not complete. */
    private int end() {
        int line = 0;
        int length = 0;
        for (int i = 0; i < received; i++) {
            if (answer[i] == '\n') {
                if (i - line <= 1) {
                    return i + 1 + length;
                }
                line = i + 1;
                if (startsWithLength(line)) {
                    length = number(line + LENGTH.length);
                }
            }
        }
        return -1;
    }

    private boolean startsWithLength(int at) {
        if (at + LENGTH.length >= received || (answer[at] | 0x20) != 'c') {
            return false;
        }
        for (int i = 1; i < LENGTH.length; i++) {
            int letter = answer[at + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int value = 0;
        for (int i = at; i < received && answer[i] >= '0' && answer[i] <= '9'; i++) {
            value = 10 * value + answer[i] - '0';
        }
        return value;
    }

    /** Whether the last answer's status was a 2xx. */
    boolean isGood() {
        return answer[STATUS_AT] == '2' && answer[MIDDLE_AT] == '0';
    }

    boolean spends() {
        return spends;
    }

    long since() {
        return since;
    }

    /** The last answer, for a person to read. */
    String text() {
        return new String(answer, 0, 400, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
