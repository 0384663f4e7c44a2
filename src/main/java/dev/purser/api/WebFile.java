package dev.purser.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * A file that a browser may ask for.
 *
 * @param zipped the same, compressed; null if that is not worth while
 * @param tag changes when its content does
 */
record WebFile(String contentType, Buffer content, @Nullable Buffer zipped, String tag) {

    private static final Buffer NOTHING = Buffer.buffer();
    private static final int TAG_BYTES = 12;

    /** A page runs and loads only what this service serves, is in nobody's frame, and tells nobody where it is. */
    private static final List<Answer.Header> PROTECTION = List.of(
            new Answer.Header("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self';"
                    + " img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'"),
            new Answer.Header("referrer-policy", "no-referrer"),
            new Answer.Header("permissions-policy",
                    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
            new Answer.Header("cross-origin-opener-policy", "same-origin"));

    static WebFile of(String name, byte[] bytes) {
        String type = contentType(name);
        byte[] zipped = type.contains("charset") || type.endsWith("xml") ? zip(bytes) : bytes;
        return new WebFile(type, Buffer.buffer(bytes), zipped.length < bytes.length ? Buffer.buffer(zipped) : null,
                "W/\"" + hash(bytes) + "\"");
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "ts", "md", "txt" -> "text/plain; charset=utf-8";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "ico" -> "image/x-icon";
            case "woff2" -> "font/woff2";
            default -> throw new IllegalStateException(
                    "Expected files for browsers that have a known type, but there is " + name
                            + ": add its type to WebFile");
        };
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file, compressed for whoever can read that; or that it is still what the browser has. */
    Answer answer(HttpServerRequest request) {
        List<Answer.Header> headers = new ArrayList<>(PROTECTION);
        headers.add(new Answer.Header(HttpHeaders.CACHE_CONTROL.toString(), "no-cache"));
        headers.add(new Answer.Header(HttpHeaders.ETAG.toString(), tag));
        if (zipped != null) {
            headers.add(new Answer.Header(HttpHeaders.VARY.toString(), HttpHeaders.ACCEPT_ENCODING.toString()));
        }
        if (names(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            return new Answer.Document(304, contentType, NOTHING, headers);
        }
        if (zipped != null && names(request.getHeader(HttpHeaders.ACCEPT_ENCODING), "gzip")) {
            headers.add(new Answer.Header(HttpHeaders.CONTENT_ENCODING.toString(), "gzip"));
            return new Answer.Document(200, contentType, zipped, headers);
        }
        return new Answer.Document(200, contentType, content, headers);
    }

    /** Whether a list in a header has this value. One that is weighted ({@code gzip;q=0}) is taken for another. */
    private static boolean names(@Nullable String list, String value) {
        return list != null && Stream.of(list.split(",", -1)).anyMatch(each -> each.strip().equals(value));
    }
}
