package dev.purser.payments;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.Pack;
import dev.purser.wallet.Payment;

/**
 * What Stripe's events mean here. A payment is credited only if all of it is as the price list has it: what the client
 * said when it began counts for nothing.
 */
final class StripeRules {

    static final String WALLET = "wallet_id";
    static final String PACK = "pack_id";
    static final String PAYER = "payer_id";

    /** All that is more than ignored: as many as Stripe lets be asked for at once. */
    static final List<String> TYPES = List.of("payment_intent.succeeded", "payment_intent.processing",
            "payment_intent.requires_action", "payment_intent.canceled", "payment_intent.payment_failed",
            "checkout.session.completed", "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed", "checkout.session.expired", "refund.created", "refund.updated",
            "refund.failed", "charge.refund.updated", "charge.refunded", "charge.dispute.created",
            "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated", "radar.early_fraud_warning.created");

    private final Catalog catalog;
    private final boolean live;
    private final Predicate<String> isWallet;

    /** @param isWallet whether a wallet can have that id */
    StripeRules(Catalog catalog, boolean live, Predicate<String> isWallet) {
        this.catalog = catalog;
        this.live = live;
        this.isWallet = isWallet;
    }

    Verdict judge(StripeEvent event) {
        return switch (event.type()) {
            case "payment_intent.succeeded" ->
                paid(event, event.text("id"), new Sum(event.number("amount"), event.number("amount_received")));
            case "payment_intent.processing", "payment_intent.requires_action", "payment_intent.canceled" ->
                noted(event);
            case "payment_intent.payment_failed" -> declined(event);
            case "checkout.session.completed", "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed", "checkout.session.expired" ->
                CheckoutRules.judge(event, id -> paid(event, id, Sum.all(event.number("amount_total"))));
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" -> StripeMoneyBack
                    .refund(event);
            case "charge.refunded" -> StripeMoneyBack.refundedSoFar(event);
            case "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated" ->
                StripeMoneyBack.dispute(event);
            case "radar.early_fraud_warning.created" -> warned(event);
            default -> new Verdict.Ignore();
        };
    }

    /** One that is not actionable is of a payment that was refunded or disputed already. */
    private static Verdict warned(StripeEvent event) {
        String paymentId = event.reference("payment_intent");
        return paymentId == null || Boolean.FALSE.equals(event.object().getValue("actionable"))
                ? new Verdict.Ignore()
                : new Verdict.Warned(paymentId);
    }

    private static Verdict noted(StripeEvent event) {
        String id = event.text("id");
        String status = event.text("status");
        return id == null || status == null || event.metadata(WALLET) == null
                ? new Verdict.Ignore()
                : new Verdict.Note(id, status);
    }

    private static Verdict declined(StripeEvent event) {
        String wallet = event.metadata(WALLET);
        String payer = event.metadata(PAYER);
        return wallet != null && noted(event) instanceof Verdict.Note note
                ? new Verdict.Declined(note, payer == null ? wallet : payer)
                : new Verdict.Ignore();
    }

    /** What was to be paid, and what was. */
    private record Sum(long due, long received) {
        static Sum all(long amount) {
            return new Sum(amount, amount);
        }
    }

    /** {@code id} is the payment's. */
    private Verdict paid(StripeEvent event, @Nullable String id, Sum sum) {
        String wallet = event.metadata(WALLET);
        String packId = event.metadata(PACK);
        if (wallet == null && packId == null) {
            // Whoever sells tokens may sell other things, too.
            return new Verdict.Ignore();
        }
        if (id == null || wallet == null || packId == null) {
            return park("metadata.wallet_id, metadata.pack_id and an id", "some of them are missing");
        }
        String payer = event.metadata(PAYER);
        if (!isWallet.test(wallet) || (payer != null && !isWallet.test(payer))) {
            return park("ids of wallets in the metadata", "they are none");
        }
        if (event.live() != live) {
            return park(live ? "a payment of real money" : "a payment of test money", "it is not");
        }
        Optional<Pack> pack = catalog.pack(packId);
        if (pack.isEmpty()) {
            return park("a pack of the catalog", "there is none with the id " + packId);
        }
        Verdict.Park wrong = price(event, sum, pack.get());
        return wrong == null ? credit(id, wallet, payer, pack.get()) : wrong;
    }

    /** What is wrong with what was paid for a pack, or null. */
    private Verdict.@Nullable Park price(StripeEvent event, Sum sum, Pack pack) {
        String currency = event.text("currency");
        if (!sum.equals(Sum.all(pack.price())) || !pack.currency().equals(currency)) {
            return park("%d %s for the pack %s".formatted(pack.price(), pack.currency(), pack.id()),
                    "%d of %d %s were paid".formatted(sum.received(), sum.due(), currency));
        }
        return pack.total() > catalog.largestPurchase()
                ? park("at most " + catalog.largestPurchase() + " tokens", "the pack has " + pack.total())
                : null;
    }

    private static Verdict credit(String id, String wallet, @Nullable String payer, Pack pack) {
        return new Verdict.Credit(wallet, new Payment(id, pack.id(), pack.tokens(), pack.bonus(), pack.price(),
                pack.currency(), payer == null || payer.equals(wallet) ? null : payer));
    }

    private static Verdict.Park park(String expected, String but) {
        return new Verdict.Park("Expected " + expected + ", but " + but);
    }
}
