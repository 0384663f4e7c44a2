package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.journal.PaymentTables;
import dev.purser.journal.Purchases;
import dev.purser.journal.WebhookEvents;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Mends what was told in vain: carries out what was only kept, fetches events that never came, and asks about purchases of
 * which nothing more is heard. One node does so; that two should for a moment does no harm.
 */
public final class StripeGaps {

    private static final Logger LOG = LoggerFactory.getLogger(StripeGaps.class);

    /** What is younger is still on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);
    /** Stripe has the events of so long. */
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** How much is asked for before it is written down that it was heard. */
    private static final Duration WINDOW = Duration.ofDays(1);
    /** An event may be seen a little later than it is dated. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int AT_ONCE = 100;

    private final StripeInbox inbox;
    private final WebhookEvents events;
    private final Purchases purchases;
    private final @Nullable StripeArchive archive;
    private final Duration lookUpAfter;
    private final Predicate<String> owned;
    private final InstantSource clock;
    private final WebhookMeter meter;

    /** @param owned whether this node owns what has a name: of all nodes one does, and none that is about to stop */
    public StripeGaps(StripeInbox inbox, PaymentTables tables, @Nullable StripeCalls calls, Duration lookUpAfter,
            Predicate<String> owned, InstantSource clock, WebhookMeter meter) {
        this.inbox = inbox;
        this.events = tables.events();
        this.purchases = tables.purchases();
        this.archive = calls == null ? null : new StripeArchive(calls);
        this.lookUpAfter = lookUpAfter;
        this.owned = owned;
        this.clock = clock;
        this.meter = meter;
    }

    /** Does once what there is to do. What cannot be done just now keeps nothing else from being done. */
    public Future<?> round() {
        return each(List.<Supplier<Future<Void>>>of(this::leftOver, this::missed, this::unheardOf), Supplier::get);
    }

    private boolean isOver() {
        return !owned.test("stripe-gaps");
    }

    private Future<Void> leftOver() {
        return events.leftOver(StripeInbox.PROVIDER, ON_ITS_WAY, AT_ONCE)
                .compose(payloads -> each(payloads, payload -> take(payload, "was kept, but not carried out")));
    }

    private Future<Void> missed() {
        StripeArchive asked = archive;
        if (asked == null) {
            return Future.succeededFuture();
        }
        Instant now = clock.instant();
        Instant oldest = now.minus(REMEMBERED);
        return events.heardUntil(StripeInbox.PROVIDER).compose(heard -> {
            Instant from = heard.map(until -> until.minus(OVERLAP)).filter(oldest::isBefore).orElse(oldest);
            return windows(asked, from, now.minus(ON_ITS_WAY));
        });
    }

    private Future<Void> windows(StripeArchive asked, Instant from, Instant end) {
        if (!from.isBefore(end) || isOver()) {
            return Future.succeededFuture();
        }
        Instant to = from.plus(WINDOW).isBefore(end) ? from.plus(WINDOW) : end;
        return pages(asked, from, to, null).compose(_ -> isOver()
                ? Future.succeededFuture()
                : events.heard(StripeInbox.PROVIDER, to).compose(_ -> windows(asked, to, end)));
    }

    private Future<Void> pages(StripeArchive asked, Instant from, Instant to, @Nullable String lastId) {
        return asked.events(from, to, lastId).compose(page -> {
            List<JsonObject> told = new ArrayList<>();
            JsonArray data = page.getJsonArray("data", new JsonArray());
            for (int i = 0; i < data.size(); i++) {
                told.add(data.getJsonObject(i));
            }
            boolean more = page.getBoolean("has_more", false) && !told.isEmpty() && !isOver();
            return notSettled(told)
                    .compose(open -> each(open, this::takeFetched))
                    .compose(_ -> more
                            ? pages(asked, from, to, told.getLast().getString("id"))
                            : Future.succeededFuture());
        });
    }

    /** One that was kept, but cannot be carried out just now, is left over from now on: it need not be fetched again. */
    private Future<Void> takeFetched(JsonObject event) {
        return take(event.encode(), "never came").recover(failure -> events
                .find(StripeInbox.PROVIDER, event.getString("id"))
                .compose(kept -> kept.isPresent() ? Future.succeededFuture() : Future.failedFuture(failure)));
    }

    /** In the order in which they happened. */
    private Future<List<JsonObject>> notSettled(List<JsonObject> told) {
        return events.settled(StripeInbox.PROVIDER, told.stream().map(event -> event.getString("id")).toList())
                .map(settled -> {
                    List<JsonObject> open = new ArrayList<>(told);
                    open.removeIf(event -> settled.contains(event.getString("id")));
                    Collections.reverse(open);
                    return open;
                });
    }

    private Future<Void> unheardOf() {
        StripeArchive asked = archive;
        return asked == null
                ? Future.succeededFuture()
                : purchases.pending(lookUpAfter, AT_ONCE).compose(ids -> each(ids, id -> lookUp(asked, id)));
    }

    private Future<Void> lookUp(StripeArchive asked, String id) {
        return asked.purchase(id)
                .compose(now -> LookedUp.event(now, clock.instant())
                        .map(event -> take(event, "was looked up"))
                        .orElseGet(Future::succeededFuture))
                .otherwise(failure -> {
                    LOG.warn("Expected to hear from Stripe how purchase {} stands, but: {}", id, failure.getMessage());
                    return null;
                })
                .compose(_ -> purchases.looked(id));
    }

    private Future<Void> take(String payload, String why) {
        return StripeEvent.read(payload.getBytes(StandardCharsets.UTF_8))
                .map(event -> inbox.take(event).<Void>compose(fate -> switch (fate) {
                    case FAILED, REFUSED -> Future.failedFuture("Expected to carry out event " + event.id()
                            + " of Stripe, but could not just now");
                    case CREDITED, REVERSED, NOTED, PARKED -> {
                        LOG.info("Event {} of Stripe ({}) {}: it is {} now", event.id(), event.type(), why,
                                fate.text());
                        meter.healed(StripeInbox.PROVIDER, fate.text());
                        yield Future.succeededFuture();
                    }
                    case IGNORED, REPEATED -> Future.succeededFuture();
                }))
                .orElseGet(Future::succeededFuture);
    }

    /** One after the other, to the last; fails if one of them does. */
    private <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
        return all.isEmpty() || isOver()
                ? Future.succeededFuture()
                : work.apply(all.getFirst()).transform(first -> each(all.subList(1, all.size()), work)
                        .compose(_ -> first.failed()
                                ? Future.failedFuture(first.cause())
                                : Future.<Void>succeededFuture()));
    }
}
