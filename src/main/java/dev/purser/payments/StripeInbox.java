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
    private final @Nullable StripeRefunds refunds;
    private final boolean refundsWarned;
    private final GivenOnFollower givenOn;
    private final StripeRules rules;
    private final Supplier<String> ids;
    private final PurchaseMeter meter;

    /**
     * @param isWallet whether a wallet can have that id
     * @param calls how Stripe is asked, if it can be
     */
    public StripeInbox(StripeSettings settings, Catalog catalog, Predicate<String> isWallet, PaymentTables tables,
            Wallets wallets, @Nullable StripeCalls calls, Supplier<String> ids, PurchaseMeter meter,
            GivenOnFollower givenOn) {
        this.events = tables.events();
        this.purchases = tables.purchases();
        this.wallets = wallets;
        this.reversals = tables.reversals();
        this.follower = new MoneyFollower(reversals, wallets, ids);
        this.givenOn = givenOn;
        this.rules = new StripeRules(catalog, settings.live(), isWallet);
        this.refunds = calls == null ? null : new StripeRefunds(calls);
        this.refundsWarned = settings.upkeep().refundsWarned();
        this.ids = ids;
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
            case Verdict.Warned(var paymentId) -> warned(event, paymentId);
            case Verdict.Ignore() -> done(event, Fate.IGNORED, null);
            case Verdict.Park(var reason) -> park(event, reason);
        };
    }

    private Future<Fate> note(StripeEvent event, Verdict.Note note) {
        return purchases.note(note.paymentId(), note.status()).compose(changed -> {
            count(changed, note.status());
            return done(event, Fate.NOTED, null);
        });
    }

    private Future<Fate> checkout(StripeEvent event, Verdict.Checkout checkout) {
        Verdict.Credit credit = checkout.credit();
        return purchases.noteCheckout(checkout.id(), checkout.status(), checkout.paymentId()).compose(changed -> {
            count(changed, checkout.status());
            return credit == null ? done(event, Fate.NOTED, null) : credit(event, credit);
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

    /** It may be that its money has gone back before it was told to have come. */
    private Future<Fate> credited(StripeEvent event, String paymentId) {
        return follow(paymentId).compose(followed -> followed instanceof MoneyFollower.Followed.NotNow
                ? Future.succeededFuture(Fate.FAILED)
                : purchases.credited(paymentId).compose(_ -> done(event, Fate.CREDITED, null)));
    }

    private Future<Fate> follow(StripeEvent event, MoneyBack told) {
        return follow(told.paymentId()).compose(followed -> switch (followed) {
            case MoneyFollower.Followed.Done(boolean moved) -> done(event, moved ? Fate.REVERSED : Fate.NOTED, null);
            case MoneyFollower.Followed.Never(var why) -> park(event, why);
            case MoneyFollower.Followed.NotNow() -> Future.succeededFuture(Fate.FAILED);
        });
    }

    /** Whoever gets a warning and does nothing gets a dispute, most of the time. */
    private Future<Fate> warned(StripeEvent event, String paymentId) {
        return reversals.of(paymentId).compose(found -> {
            if (found.isEmpty()) {
                return done(event, Fate.IGNORED, null);
            }
            if (refunds == null || !refundsWarned) {
                return park(event,
                        "Expected an honest payment, but Stripe warns that %s, credited to %s, may be fraud: refund it, or it is likely to be disputed"
                                .formatted(paymentId, found.get().walletId()));
            }
            return refunds.refund(paymentId, "fraud-warning:" + event.id()).compose(_ -> done(event, Fate.NOTED, null));
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
        LOG.warn("Event {} of Stripe is parked, nothing was done: {}", event.id(), reason);
        return done(event, Fate.PARKED, reason);
    }

    private Future<Fate> done(StripeEvent event, Fate fate, @Nullable String reason) {
        return events.done(PROVIDER, event.id(), fate.text(), reason).map(fate);
    }
}
