package dev.purser.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Ids;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Sends the stand-in's events, signed as Stripe signs them, and again for a while if they are not answered well. By its
 * dice some come late, out of order, twice or not at all.
 */
final class StripeEventSender {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEventSender.class);
    private static final int TRIES = 12;
    private static final int MOST_UNDER_WAY = 10_000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long LONGEST_HELD_BACK_MILLIS = 3_000;

    private final HttpClient client;
    private final StandInTimer timer;
    private final Supplier<StandInDice> dice;
    private final String secret = Ids.secret("whsec_");
    private final Deque<Letter> heldBack = new ArrayDeque<>();
    private volatile @Nullable String url;
    private int underWay;
    private long sent;

    /** An event on its way, and whether it was sent before another. */
    private record Letter(long number, String event) {
    }

    StripeEventSender(HttpClient client, StandInTimer timer, Supplier<StandInDice> dice) {
        this.client = client;
        this.timer = timer;
        this.dice = dice;
    }

    /** What it signs with. */
    String secret() {
        return secret;
    }

    void to(String webhookUrl) {
        url = webhookUrl;
    }

    Future<Void> close() {
        return client.close();
    }

    void send(String event) {
        StandInDice luck = dice.get();
        if (luck.loses()) {
            return;
        }
        post(event, luck);
        if (luck.duplicates()) {
            post(event, luck);
        }
    }

    private void post(String event, StandInDice luck) {
        if (underWay >= MOST_UNDER_WAY) {
            LOG.warn("So many events are under way that one is given up: {}", event);
            return;
        }
        underWay++;
        Letter letter = new Letter(sent++, event);
        long delayMillis = luck.delayMillis();
        if (luck.reorders()) {
            heldBack.add(letter);
            timer.in(LONGEST_HELD_BACK_MILLIS + delayMillis, () -> {
                if (heldBack.remove(letter)) {
                    attempt(letter, 1, 0);
                }
            });
        } else {
            attempt(letter, 1, delayMillis);
        }
    }

    /** Not before what it tells of has been answered, which is the order of most days. */
    private void attempt(Letter letter, int number, long delayMillis) {
        timer.in(delayMillis + (FIRST_PAUSE_MILLIS << (number - 1)), () -> {
            String to = url;
            if (to == null) {
                again(letter, number, "nobody to tell yet");
                return;
            }
            client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(to).setTimeout(TIMEOUT_MILLIS)
                    .putHeader("Stripe-Signature", signature(letter.event()))
                    .putHeader("Content-Type", "application/json"))
                    .compose(request -> request.send(letter.event()))
                    .onSuccess(response -> {
                        if (response.statusCode() == 200) {
                            underWay--;
                        } else {
                            again(letter, number, "status " + response.statusCode());
                        }
                    })
                    .onFailure(cause -> again(letter, number, String.valueOf(cause.getMessage())))
                    .onComplete(_ -> letGo(letter));
        });
    }

    /** What was held back comes after what was sent after it. */
    private void letGo(Letter arrived) {
        while (!heldBack.isEmpty() && heldBack.getFirst().number() < arrived.number()) {
            attempt(heldBack.removeFirst(), 1, 0);
        }
    }

    private void again(Letter letter, int number, String why) {
        if (number < TRIES) {
            attempt(letter, number + 1, 0);
        } else {
            underWay--;
            LOG.warn("Gave up telling of {}: {}", letter.event(), why);
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
