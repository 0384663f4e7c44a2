package dev.purser.api.tokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Gets the text behind a JWKS URL, of bounded size and in bounded time. */
final class JwksFetch {

    private static final int MOST_BYTES = 256 << 10;

    private final HttpClient client;
    private final TokenSettings.Jwks settings;

    JwksFetch(Vertx vertx, TokenSettings.Jwks settings) {
        this.settings = settings;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis())).setVerifyHost(true));
    }

    Future<String> get() {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET)
                .setAbsoluteURI(settings.url().toString())
                .putHeader("Accept", "application/json").setFollowRedirects(false);
        long millis = settings.timeout().toMillis();
        return client.request(options)
                .compose(request -> request.send().compose(JwksFetch::text).timeout(millis, TimeUnit.MILLISECONDS)
                        .onFailure(_ -> request.reset()))
                // Finding the host, connecting and shaking hands count as well.
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    private static Future<String> text(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(new IOException("Expected status 200, but it is " + response.statusCode()));
        }
        Promise<String> text = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(text::tryFail);
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > MOST_BYTES) {
                text.tryFail(new IOException("Expected at most " + MOST_BYTES + " bytes, but there are more"));
                response.handler(null);
            }
        });
        response.endHandler(_ -> text.tryComplete(body.toString(StandardCharsets.UTF_8)));
        return text.future();
    }

    @Override
    public String toString() {
        return settings.url().toString();
    }
}
