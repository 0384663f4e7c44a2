package dev.purser.sandbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Scope;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;

/**
 * Tells the pages of development mode who one can be, with a token of each. Only a browser on the same machine is told,
 * and only when it asks for this machine by its own name: a page from elsewhere, whose name was bent to here, is not.
 */
public final class SandboxUsers implements Handler<HttpServerRequest> {

    public static final String PATH = "/sandbox/users";

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Function<Instant, DemoTokens> tokens;
    private final @Nullable String standIn;

    /**
     * @param tokens signs as of a moment
     * @param standIn where something stands in for Stripe; null if nothing does
     */
    public SandboxUsers(Function<Instant, DemoTokens> tokens, @Nullable String standIn) {
        this.tokens = tokens;
        this.standIn = standIn;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET) && isOwn(request.authority()) && isHere(request.remoteAddress())) {
            end(request, 200, "application/json", users());
        } else {
            end(request, 404, "application/problem+json", new JsonObject().put("type", "urn:purser:problem:not_found")
                    .put("title", "There is nothing here").put("status", 404)
                    .put("detail", "Expected GET from this machine, by the name localhost").put("code", "not_found")
                    .put("retryable", false));
        }
    }

    private static boolean isOwn(@Nullable HostAndPort asked) {
        return asked != null && OWN_NAMES.contains(asked.host());
    }

    private static boolean isHere(@Nullable SocketAddress caller) {
        String address = caller == null ? null : caller.hostAddress();
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private JsonObject users() {
        DemoTokens signer = tokens.apply(Instant.now());
        JsonArray users = Arrays.stream(DemoUser.values()).map(user -> new JsonObject().put("id", user.id())
                .put("scopes", user.scopes().stream().map(Scope::text).toList()).put("token", signer.of(user)))
                .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
        return new JsonObject().put("users", users).put("stripe", stripe());
    }

    /** The page needs to know where the buyer's bank asks; the banks of Stripe's own cards are for Stripe's library. */
    private JsonObject stripe() {
        return standIn == null
                ? new JsonObject().put("stand_in", false)
                : new JsonObject().put("stand_in", true).put("url", standIn);
    }

    /** Then the connection is closed: nobody counts those that are used for this. */
    private static void end(HttpServerRequest request, int status, String type, JsonObject json) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader("x-content-type-options", "nosniff")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end(json.toBuffer())
                .onComplete(_ -> request.connection().close());
    }
}
