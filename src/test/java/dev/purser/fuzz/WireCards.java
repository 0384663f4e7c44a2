package dev.purser.fuzz;

import java.util.List;

/** What is not quite HTTP, or not at all. None of it may lead to an answer to anything but what was asked. */
final class WireCards {

    /** Where one reader sees the end of a request and another does not, a request can be smuggled in. */
    private static final List<String> UNSURE_LENGTHS = List.of("Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: ",
            "Transfer-Encoding: \"chunked\"", "Transfer-Encoding : chunked", "Transfer-Encoding: chunked;x=y",
            "Content-Length: -1", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5, 5",
            "Content-Length: 5, 6", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: ",
            "Content-Length: five",
            "Content-Length: 5.0", "Content-Length: 99999999999999999999", "Content-Length : 5",
            "Content-Length: 5\u00b2");

    private static final List<String> BAD_CHUNKS = List.of("zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n",
            "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "2\r\n{}XX0\r\n\r\n", "\r\n\r\n",
            "2" + ";x".repeat(9_000) + "\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "80000000\r\n{}\r\n0\r\n\r\n",
            "7fffffffffffffff\r\n{}\r\n0\r\n\r\n");

    /** Control characters alone are no request, and are waited on: each has something else, and an end. */
    private static final List<String> NOT_HTTP = List.of("GET\r\n\r\n", "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\n: x\r\n\r\n",
            "G\u0000T / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\rHost: x\r", "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nBad Name: x\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\rInjected: yes\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\u0000A: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n", "* / \u00e9\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: \n" + Hostile.FORGED + "\r\n\r\n", "x".repeat(100_000),
            "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
            Bytes.raw(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03),
            "GET //////// HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET \u0001 HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET ?x HTTP/1.1\r\nHost: x\r\n\r\n", "GET # HTTP/1.1\r\nHost: x\r\n\r\n");

    private WireCards() {
    }

    static void deal(Cards cards) {
        if (cards.operation().body() != null) {
            for (String header : UNSURE_LENGTHS) {
                cards.add(header, Cards.MALFORMED, draft -> {
                    draft.framing = Draft.Framing.OWN;
                    draft.headers.add(header + "\r\nConnection: close");
                    draft.text = "5\r\n{\"a\":\r\n0\r\n\r\nGET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n";
                });
            }
            for (String chunks : BAD_CHUNKS) {
                cards.add("the chunks " + chunks, Cards.MALFORMED, draft -> {
                    draft.framing = Draft.Framing.OWN;
                    draft.headers.add("Transfer-Encoding: chunked\r\nConnection: close");
                    draft.text = chunks;
                });
            }
            cards.add("trailers", Cards.PROMISED, draft -> {
                String body = draft.body();
                int length = Bytes.of(body).length;
                draft.framing = Draft.Framing.OWN;
                draft.headers.add("Transfer-Encoding: chunked");
                draft.text = "%x;ext=\"a b\"\r\n%s\r\n0\r\nAuthorization: Bearer x\r\nInjected: yes\r\n\r\n"
                        .formatted(length, body);
            });
            cards.add("byte by byte", Cards.PROMISED, draft -> {
                StringBuilder chunks = new StringBuilder();
                for (byte each : Bytes.of(draft.body())) {
                    chunks.append("1\r\n").append(Bytes.raw(each & 0xFF)).append("\r\n");
                }
                draft.framing = Draft.Framing.OWN;
                draft.headers.add("Transfer-Encoding: chunked");
                draft.text = chunks + "0\r\n\r\n";
            });
        }
        cards.add("HTTP/1.0", Cards.PROMISED, draft -> draft.version = "HTTP/1.0");
        cards.add("a folded header", Cards.PROMISED,
                draft -> draft.headers.add("X-Request-Id: a\r\n\tInjected: yes\r\n b"));
        if (cards.operation().id().equals("getOwnBalance")) {
            for (String bytes : NOT_HTTP) {
                cards.add("the bytes " + bytes, Cards.MALFORMED, draft -> draft.wire = bytes + "\r\n\r\n");
            }
            cards.add("random bytes", Cards.MALFORMED, (draft, scene) -> {
                StringBuilder bytes = new StringBuilder();
                for (int i = 20 + scene.random.nextInt(2_000); i > 0; i--) {
                    bytes.append(Bytes.raw(scene.random.nextInt(256)));
                }
                draft.wire = bytes + "\r\n\r\n";
            });
        }
    }
}
