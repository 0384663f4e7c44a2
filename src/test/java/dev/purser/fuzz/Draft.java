package dev.purser.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A request that is being made up. It starts as a good one; what a card changes is written as it stands. */
final class Draft {

    final Operation operation;
    String method;
    String version = "HTTP/1.1";
    /** Who asks; null for a request without a token. */
    @Nullable
    String token;
    @Nullable
    String key;
    final Map<String, String> path = new LinkedHashMap<>();
    final List<String> query = new ArrayList<>();
    final List<String> headers = new ArrayList<>();
    /** The body's members, each as the JSON that it is written as. */
    final Map<String, String> members = new LinkedHashMap<>();
    /** In place of the target that comes of path and query. */
    @Nullable
    String target;
    /** In place of the body that comes of the members. */
    @Nullable
    String text;
    String host = "Host: localhost";
    @Nullable
    String contentType = "application/json";
    Framing framing = Framing.LENGTH;
    /** In place of all of it. */
    @Nullable
    String wire;

    /** How the end of the body is told. */
    enum Framing {
        LENGTH,
        CHUNKED,
        /** As the headers of the draft say. */
        OWN
    }

    Draft(Operation operation) {
        this.operation = operation;
        this.method = operation.method();
    }

    String body() {
        String own = text;
        return own != null ? own : operation.body() == null ? "" : object(members);
    }

    static String object(Map<String, String> members) {
        return members.entrySet().stream().map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    byte[] bytes() {
        String whole = wire;
        if (whole != null) {
            return Bytes.of(whole);
        }
        byte[] body = Bytes.of(body());
        StringBuilder head = new StringBuilder(method + " " + target() + " " + version + "\r\n");
        line(head, host);
        if (token != null) {
            line(head, "Authorization: Bearer " + token);
        }
        if (key != null) {
            line(head, "Idempotency-Key: " + key);
        }
        if (contentType != null && operation.body() != null) {
            line(head, "Content-Type: " + contentType);
        }
        headers.forEach(header -> line(head, header));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (framing) {
            case LENGTH -> {
                if (body.length > 0 || operation.body() != null) {
                    line(head, "Content-Length: " + body.length);
                }
                bytes.writeBytes(Bytes.of(head + "\r\n"));
                bytes.writeBytes(body);
            }
            case CHUNKED -> {
                bytes.writeBytes(Bytes.of(head + "Transfer-Encoding: chunked\r\n\r\n"));
                int middle = body.length / 2;
                chunk(bytes, body, 0, middle);
                chunk(bytes, body, middle, body.length);
                bytes.writeBytes(Bytes.of("0\r\n\r\n"));
            }
            case OWN -> {
                bytes.writeBytes(Bytes.of(head + "\r\n"));
                bytes.writeBytes(body);
            }
        }
        return bytes.toByteArray();
    }

    private static void line(StringBuilder head, String line) {
        head.append(line).append(line.isEmpty() ? "" : "\r\n");
    }

    private static void chunk(ByteArrayOutputStream to, byte[] body, int from, int end) {
        if (end > from) {
            to.writeBytes(Bytes.of(Integer.toHexString(end - from) + "\r\n"));
            to.write(body, from, end - from);
            to.writeBytes(Bytes.of("\r\n"));
        }
    }

    String target() {
        String own = target;
        if (own != null) {
            return own;
        }
        String filled = operation.path();
        for (Map.Entry<String, String> each : path.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }
}
