package dev.purser.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Everything that can be wrong with a method and headers, and still be HTTP. */
final class HeadCards {

    private static final Expected UNSUPPORTED = Expected.Only.of(415);

    private HeadCards() {
    }

    static void deal(Cards cards) {
        methods(cards);
        keys(cards);
        harmless(cards);
        if (cards.operation().body() != null) {
            types(cards);
            encodings(cards);
        }
        cards.add("1,000 headers", Cards.PROMISED, draft -> {
            for (int i = 0; i < 1_000; i++) {
                draft.headers.add("A" + i + ": b");
            }
        });
        cards.add("a long header", Cards.PROMISED, draft -> draft.headers.add("X: " + "x".repeat(14_000)));
        cards.add("too long headers", Expected.Only.of(431), draft -> draft.headers.add("X: " + "x".repeat(40_000)));
        cards.add("too many headers", Expected.Only.of(431),
                draft -> draft.headers.add("X: x\r\n".repeat(10_000) + "X: x"));
    }

    private static void methods(Cards cards) {
        Operation operation = cards.operation();
        for (String method : List.of("TRACE", "PROPFIND", "get", "post", "PO", "QUERY", "X".repeat(200), "CONNECT")) {
            cards.add("the method " + method, Expected.Only.of(405), draft -> draft.method = method);
        }
        cards.add("the method OPTIONS", Expected.Only.of(204), draft -> draft.method = "OPTIONS");
        if (operation.method().equals("GET")) {
            cards.add("the method HEAD", Cards.PROMISED, draft -> draft.method = "HEAD");
        }
    }

    private static void keys(Cards cards) {
        if (!cards.operation().isKeyed()) {
            return;
        }
        for (String key : List.of("", " ", "\"\"", "\"", "\"a", "a b", "\"a\"b\"", "\"a\\\"", "\"a\\x\"", "\"a\";p=1",
                "k".repeat(256), "\u00e9", Bytes.raw(0xFF), "a\tb", "k".repeat(10_000), "a, b c")) {
            cards.add("the key " + key, Cards.BAD_REQUEST, draft -> draft.key = key);
        }
        for (String key : List.of("\"\\\\\"", "'", "a,b", "{}${jndi:x}", "<script>", "../..", "%00", "~")) {
            cards.add("the key " + key, Cards.PROMISED, (draft, scene) -> draft.key = scene.newKey() + key);
        }
        cards.add("two keys", Cards.BAD_REQUEST, (draft, scene) -> {
            draft.key = scene.newKey();
            draft.headers.add("Idempotency-Key: " + scene.newKey());
        });
    }

    private static void harmless(Cards cards) {
        for (String header : List.of("X-Request-Id: a\\r\\nInjected: yes", "X-Request-Id: " + "i".repeat(129),
                "X-Request-Id: <script>", "X-Request-Id: " + Hostile.FORGED, "X-Request-Id: \u00e9", "X-Request-Id: ",
                "X-Request-Id: my.id-1_2", "X-Request-Id: %0d%0aInjected:%20yes", "Accept: application/xml", "Accept: ",
                "Accept: */*;q=0", "Accept: " + ",".repeat(8_000), "Accept: " + "text/csv;q=0,".repeat(900),
                "Accept: text/csv;" + " ".repeat(10_000) + "q=0" + ".".repeat(100), "Accept-Encoding: gzip, br",
                "Origin: null", "Origin: https://evil.example", "Range: bytes=0-0", "If-None-Match: *",
                "If-Modified-Since: x", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAA",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Connection: keep-alive, Authorization", "Connection: close", "TE: trailers", "Via: 1.1 x",
                "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil.example", "X-HTTP-Method-Override: DELETE",
                "Cookie: " + "a=b;".repeat(2_000), "Max-Forwards: 0", "Expect: 100-continue", "Expect: x",
                "Warning: " + Bytes.raw(0xFF, 0xFE, 0x80), "User-Agent: ${jndi:ldap://127.0.0.1/x}",
                "Prefer: respond-async", "Content-Language: x\r\nContent-Location: http://evil.example")) {
            cards.add(header, Cards.PROMISED, draft -> draft.headers.add(header));
        }
    }

    private static void types(Cards cards) {
        for (String type : List.of("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                "application/json; charset=utf-16", "application/json; charset=iso-8859-1",
                "application/json, text/html",
                "application/json;", "application/jsonx", "json", "*/*", "application/json; q=\"" + "x".repeat(5_000),
                "application/problem+json", "\u00e9")) {
            if (!type.equals("application/json;")) {
                cards.add("the type " + type, UNSUPPORTED, draft -> draft.contentType = type);
            }
        }
        if (cards.operation().bodyRequired()) {
            cards.add("no type", UNSUPPORTED, draft -> draft.contentType = null);
        }
    }

    /** Nothing is ever unpacked, so a bomb cannot go off. */
    private static void encodings(Cards cards) {
        String bomb = zeros();
        for (String coding : List.of("gzip", "deflate", "br", "zstd", "x-gzip", "gzip, gzip", "aes128gcm")) {
            cards.add("packed with " + coding, UNSUPPORTED, draft -> {
                draft.text = bomb;
                draft.headers.add("Content-Encoding: " + coding);
            });
        }
        cards.add("said to be packed, but plain", UNSUPPORTED, draft -> draft.headers.add("Content-Encoding: gzip"));
        cards.add("the coding identity", Cards.PROMISED, draft -> draft.headers.add("Content-Encoding: identity"));
    }

    /** Ten million zeros in ten thousand bytes. */
    private static String zeros() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[10_000_000]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder text = new StringBuilder();
        for (byte each : packed.toByteArray()) {
            text.append(Bytes.raw(each & 0xFF));
        }
        return text.toString();
    }
}
