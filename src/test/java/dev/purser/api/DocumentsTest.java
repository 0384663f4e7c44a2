package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {

    private final ApiFixture api = new ApiFixture();

    @AfterAll
    void end() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"/,text/html; charset=utf-8,<!doctype html>", "/shared/base.css,text/css; charset=utf-8,:root",
            "/shared/mark.svg,image/svg+xml,<svg"})
    void shouldServeThePages(String path, String type, String part) {
        HttpResponse<String> reply = api.send(api.bare(path));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains(part);
        assertThat(header(reply, "Content-Type")).isEqualTo(type);
        assertThat(header(reply, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(reply, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(reply, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }

    @Test
    void shouldSendOnlyWhatHasChanged() {
        String tag = header(api.send(api.bare("/")), "ETag");
        HttpResponse<String> again = api.send(api.bare("/").header("If-None-Match", "\"other\", " + tag));
        HttpResponse<String> other = api.send(api.bare("/").header("If-None-Match", "W/\"other\""));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(header(again, "Content-Security-Policy")).isNotEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(api.send(api.bare("/shared/base.css")), "ETag")).isNotEqualTo(tag);
    }

    @Test
    void shouldCompressForWhoeverCanReadIt() throws IOException {
        String plain = raw("GET /shared/base.css HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=0\r\n");
        byte[] zipped = bytes("GET /shared/base.css HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n");
        String head = new String(zipped, StandardCharsets.ISO_8859_1);
        int body = head.indexOf("\r\n\r\n") + 4;

        assertThat(plain).contains("vary: accept-encoding").doesNotContain("content-encoding");
        assertThat(head).contains("content-encoding: gzip");
        try (GZIPInputStream read = new GZIPInputStream(
                new ByteArrayInputStream(zipped, body, zipped.length - body))) {
            assertThat(new String(read.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain.substring(plain.indexOf("\r\n\r\n") + 4));
        }
    }

    @Test
    void shouldLetOtherOriginsCacheApart() {
        HttpResponse<String> reply = api.send(api.bare("/shared/base.css").header("Origin", ApiFixture.ORIGIN));

        assertThat(reply.headers().allValues("Vary")).containsExactlyInAnyOrder("accept-encoding", "origin");
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(ApiFixture.ORIGIN);
    }

    @Test
    void shouldOnlyBeRead() {
        HttpResponse<String> head = api.send(api.bare("/").method("HEAD", BodyPublishers.noBody()));
        HttpResponse<String> post = api.send(api.bare("/").POST(BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isNotEqualTo("0");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(header(post, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/shared", "/shared/", "/web/index.html", "/../openapi.yaml",
            "/shared/../../logback.xml", "/%2e%2e/logback.xml", "/shared/..%2f..%2flogback.xml", "/logback.xml", "//",
            "/shared//base.css", "/shared/base.css/", "/shared/base.css%00", "/shared\\base.css", "/Shared/base.css"})
    void shouldServeNothingElse(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n")).matches("(?s)HTTP/1.1 40[04] .*");
    }

    private String raw(String request) throws IOException {
        return new String(bytes(request), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes();
        }
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
