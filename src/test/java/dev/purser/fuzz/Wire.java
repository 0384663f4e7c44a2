package dev.purser.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** A connection that sends any bytes whatever, is kept alive as long as the server lets it, and blocks. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /** An answer; its header lines as they came, names in lower case. */
    record Reply(int status, List<String> headers, String body) {

        @Nullable
        String header(String name) {
            return headers.stream().filter(line -> line.startsWith(name + ": ")).findFirst()
                    .map(line -> line.substring(name.length() + 2)).orElse(null);
        }
    }

    /** Nothing came, and the server keeps the connection open all the same. */
    static final class Hangs extends IOException {

        private static final long serialVersionUID = 1L;

        Hangs() {
            super("no answer within " + PATIENCE_MILLIS + " ms");
        }
    }

    /** Sends a request and answers what is replied; null when the server closes instead. */
    @Nullable
    Reply send(byte[] request, boolean head) throws IOException {
        boolean fresh = socket == null;
        write(request);
        Reply reply = read(head);
        if (reply == null && !fresh) {
            // It may have been closed before the request came to it: that is said once, never twice.
            write(request);
            reply = read(head);
        }
        return reply;
    }

    void write(byte[] request) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            open.setSoTimeout(PATIENCE_MILLIS);
            socket = open;
            in = new BufferedInputStream(open.getInputStream(), 64 << 10);
        }
        try {
            open.getOutputStream().write(request);
        } catch (IOException answeredAndClosed) {
            // What it answered can still be read.
        }
    }

    /** Reads the next reply, whatever the requests were. */
    @Nullable
    Reply read(boolean head) throws IOException {
        try {
            Reply reply = reply(head);
            while (reply != null && reply.status() < 200) {
                reply = reply(head);
            }
            if (reply == null || "close".equalsIgnoreCase(reply.header("connection"))) {
                close();
            }
            return reply;
        } catch (SocketTimeoutException silence) {
            close();
            throw new Hangs();
        } catch (IOException reset) {
            close();
            return null;
        }
    }

    private @Nullable Reply reply(boolean head) throws IOException {
        String first = line();
        if (first == null) {
            return null;
        }
        if (!first.matches("HTTP/\\d\\.\\d \\d{3}.*")) {
            throw new IllegalStateException("Expected a status line, but " + Bytes.shown(first));
        }
        int status = Integer.parseInt(first.substring(9, 12));
        List<String> headers = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = Math.max(0, line.indexOf(':'));
            String header = line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
            headers.add(header);
            if (header.startsWith("content-length: ")) {
                length = Integer.parseInt(header.substring("content-length: ".length()));
            }
            chunked |= header.equals("transfer-encoding: chunked");
        }
        boolean none = head || status < 200 || status == 204;
        String body = none ? "" : chunked ? chunks() : text(length);
        return new Reply(status, headers, body);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (String size = line(); size != null; size = line()) {
            int length = Integer.parseInt(size, 16);
            body.append(text(length));
            String end = line();
            if (length == 0 || end == null) {
                break;
            }
        }
        return body.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = stream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("cut off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = stream().read(); c != '\n'; c = stream().read()) {
            if (c < 0) {
                return null;
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private InputStream stream() throws IOException {
        InputStream open = in;
        if (open == null) {
            throw new IOException("not connected");
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            open.close();
        }
    }
}
