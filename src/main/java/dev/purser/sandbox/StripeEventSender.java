package dev.purser.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Ids;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Sends the stand-in's events, signed as Stripe signs them, and again for a while if they are not answered well. */
final class StripeEventSender {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEventSender.class);
    private static final int TRIES = 12;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long TIMEOUT_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final String secret;
    private volatile @Nullable String url;
    private volatile boolean stopped;

    StripeEventSender(Vertx vertx, String secret) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.secret = secret;
    }

    void to(String webhookUrl) {
        url = webhookUrl;
    }

    void stop() {
        stopped = true;
    }

    void send(String type, JsonObject object) {
        JsonObject event = new JsonObject().put("id", Ids.next("evt_")).put("object", "event").put("type", type)
                .put("livemode", false).put("created", Instant.now().getEpochSecond())
                .put("data", new JsonObject().put("object", object.copy()));
        attempt(event.toString(), 1);
    }

    /** Not before what it tells of has been answered, which is the order of most days. */
    private void attempt(String event, int number) {
        vertx.setTimer(FIRST_PAUSE_MILLIS << (number - 1), _ -> {
            String to = url;
            if (stopped) {
                return;
            }
            if (to == null) {
                again(event, number, "nobody to tell yet");
                return;
            }
            client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(to).setTimeout(TIMEOUT_MILLIS)
                    .putHeader("Stripe-Signature", signature(event)).putHeader("Content-Type", "application/json"))
                    .compose(request -> request.send(event))
                    .onSuccess(response -> {
                        if (response.statusCode() != 200) {
                            again(event, number, "status " + response.statusCode());
                        }
                    })
                    .onFailure(cause -> again(event, number, String.valueOf(cause.getMessage())));
        });
    }

    private void again(String event, int number, String why) {
        if (number < TRIES) {
            attempt(event, number + 1);
        } else {
            LOG.warn("Gave up telling of {}: {}", event, why);
        }
    }

    private String signature(String event) {
        long now = Instant.now().getEpochSecond();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return "t=" + now + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal((now + "." + event).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
