package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.catalog.Catalog;
import dev.purser.journal.MoneyBack;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.Purchases;
import dev.purser.journal.Reversals;
import dev.purser.journal.WebhookEvents;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/**
 * Keeps each event before anything is done about it, then does what it means. However often an event comes, and by however
 * many ids a payment is told of: the wallet takes the payment in once, by its key.
 */
public final class StripeInbox {

    static final String PROVIDER = "stripe";

    private static final Logger LOG = LoggerFactory.getLogger(StripeInbox.class);

    private final WebhookEvents events;
    private final Purchases purchases;
    private final Wallets wallets;
    private final Reversals reversals;
    private final MoneyFollower follower;
    private final StripeWarnings warnings;
    private final GivenOnFollower givenOn;
    private final StripeRules rules;
    private final Supplier<String> ids;
    private final PurchaseMeter meter;

    /**
     * What it does its work by.
     *
     * @param calls how Stripe is asked, if it can be
     * @param ids names operations, each of its own
     */
    public record Means(PaymentTables tables, Wallets wallets, @Nullable StripeCalls calls, Supplier<String> ids) {
    }

    /** @param isWallet whether a wallet can have that id */
    public StripeInbox(StripeSettings settings, Catalog catalog, Predicate<String> isWallet, Means means,
            GivenOnFollower givenOn, PurchaseMeter meter) {
        PaymentTables tables = means.tables();
        StripeCalls calls = means.calls();
        this.events = tables.events();
        this.purchases = tables.purchases();
        this.wallets = means.wallets();
        this.reversals = tables.reversals();
        this.ids = means.ids();
        this.follower = new MoneyFollower(reversals, wallets, ids);
        this.givenOn = givenOn;
        this.rules = new StripeRules(catalog, settings.live(), isWallet);
        this.warnings = new StripeWarnings(reversals,
                calls == null || !settings.upkeep().refundsWarned() ? null : new StripeRefunds(calls));
        this.meter = meter;
    }

    /** Completes when what the event means is durable, or will not be. Never fails. */
    Future<Fate> take(StripeEvent event) {
        return events.keep(PROVIDER, event.told())
                .compose(outcome -> isSettled(outcome) ? Future.succeededFuture(Fate.REPEATED) : carryOut(event))
                .otherwise(failure -> {
                    LOG.warn("Expected to keep event {} of Stripe, but could not: {}", event.id(), failure.toString());
                    return Fate.FAILED;
                });
    }

    /** One that is parked is looked at anew when it is sent again: the catalog may have got its pack since. */
    private static boolean isSettled(Optional<String> outcome) {
        return outcome.isPresent() && !outcome.get().equals(Fate.PARKED.text());
    }

    /** Looks anew at an event that was kept, whatever came of it before; empty if there is none. */
    public Future<Optional<String>> replay(String eventId) {
        return events.find(PROVIDER, eventId).compose(payload -> payload
                .flatMap(text -> StripeEvent.read(text.getBytes(StandardCharsets.UTF_8)))
                .map(event -> carryOut(event).map(fate -> Optional.of(fate.text())))
                .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    private Future<Fate> carryOut(StripeEvent event) {
        return switch (rules.judge(event)) {
            case Verdict.Credit credit -> credit(event, credit);
            case Verdict.Note note -> note(event, note);
            case Verdict.Declined(var note, var payer) -> purchases.declined(note.paymentId(), payer)
                    .compose(_ -> note(event, note));
            case Verdict.Checkout checkout -> checkout(event, checkout);
            case Verdict.MoneyWentBack(var told) -> reversals.note(told).compose(_ -> follow(event, told));
            case Verdict.Warned(var paymentId) -> warnings.heed(event.id(), paymentId).compose(this::settle);
            case Verdict.Ignore() -> done(event, Fate.IGNORED);
            case Verdict.Park(var reason) -> park(event, reason);
        };
    }

    private Future<Fate> note(StripeEvent event, Verdict.Note note) {
        return purchases.note(note.paymentId(), note.status(), event.at()).compose(changed -> {
            count(changed, note.status());
            return done(event, Fate.NOTED);
        });
    }

    private Future<Fate> checkout(StripeEvent event, Verdict.Checkout checkout) {
        Verdict.Credit credit = checkout.credit();
        return purchases.noteCheckout(checkout.id(), checkout.status(), checkout.paymentId()).compose(changed -> {
            count(changed, checkout.status());
            return credit == null ? done(event, Fate.NOTED) : credit(event, credit);
        });
    }

    private void count(boolean changed, String status) {
        switch (changed ? status : "as before") {
            case "requires_payment_method", "failed" -> PurchaseOutcome.FAILED.count(meter);
            case "canceled" -> PurchaseOutcome.CANCELED.count(meter);
            case "expired" -> PurchaseOutcome.EXPIRED.count(meter);
            default -> {
                // It goes on, or was counted before.
            }
        }
    }

    private Future<Fate> credit(StripeEvent event, Verdict.Credit credit) {
        Operation operation = new Operation(ids.get(), credit.walletId(), OpKey.ofStripe(credit.payment()),
                new Authority.House(), new Command.Purchase(credit.payment()));
        return wallets.send(operation).compose(outcome -> switch (outcome) {
            case Outcome.Done(var _, boolean replayed, var _) -> {
                if (!replayed) {
                    PurchaseOutcome.CREDITED.count(meter);
                }
                yield credited(event, credit.payment().id());
            }
            case Outcome.Refused(var refusal, var _) -> park(event, "The wallet " + credit.walletId()
                    + " does not take it: " + refusal);
            case Outcome.Unavailable(var reason, var _) when reason == Outcome.Reason.REJECTED -> park(event,
                    "The database does not take it; it may have been credited to another wallet");
            case Outcome.Seen _,Outcome.KeyReused _ -> park(event, "Expected to be carried out, but heard " + outcome);
            case Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ -> Future
                    .succeededFuture(Fate.FAILED);
        });
    }

    /** It may be that its money has gone back before it was told to have come, or that it was warned of. */
    private Future<Fate> credited(StripeEvent event, String paymentId) {
        return follow(paymentId).compose(followed -> switch (followed) {
            case MoneyFollower.Followed.NotNow() -> Future.succeededFuture(Fate.FAILED);
            case MoneyFollower.Followed.Done _ -> settleWarnings(paymentId)
                    .compose(_ -> done(event, Fate.CREDITED));
            case MoneyFollower.Followed.Never(var why) -> settleWarnings(paymentId)
                    .compose(_ -> park(event, "It is credited, but what went back is not taken. " + why));
        });
    }

    private Future<Void> settleWarnings(String paymentId) {
        return warnings.heedEarlier(paymentId)
                .compose(heeded -> Future.all(heeded.stream().map(this::settle).toList()))
                .compose(_ -> purchases.credited(paymentId));
    }

    private Future<Fate> settle(StripeWarnings.Heeded warning) {
        return settle(warning.eventId(), warning.fate(), warning.reason());
    }

    private Future<Fate> follow(StripeEvent event, MoneyBack told) {
        return follow(told.paymentId()).compose(followed -> switch (followed) {
            case MoneyFollower.Followed.Done(boolean moved) -> done(event, moved ? Fate.REVERSED : Fate.NOTED);
            case MoneyFollower.Followed.Never(var why) -> park(event, why);
            case MoneyFollower.Followed.NotNow() -> Future.succeededFuture(Fate.FAILED);
        });
    }

    /** The giver's own tokens first, then what it had given on. */
    private Future<MoneyFollower.Followed> follow(String paymentId) {
        return follower.follow(paymentId).compose(own -> own instanceof MoneyFollower.Followed.Done(boolean moved)
                ? givenOn.follow(paymentId)
                        .map(others -> moved && others instanceof MoneyFollower.Followed.Done ? own : others)
                : Future.succeededFuture(own));
    }

    private Future<Fate> park(StripeEvent event, String reason) {
        return settle(event.id(), Fate.PARKED, reason);
    }

    private Future<Fate> done(StripeEvent event, Fate fate) {
        return settle(event.id(), fate, null);
    }

    private Future<Fate> settle(String eventId, Fate fate, @Nullable String reason) {
        if (fate == Fate.PARKED) {
            LOG.warn("Event {} of Stripe is parked, a person has to look at it: {}", eventId, reason);
        }
        return events.done(PROVIDER, eventId, fate.text(), reason).map(fate);
    }
}
