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
    static final String TOKENS = "tokens";
    static final String BONUS = "bonus_tokens";

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

    /** Who has an account that is connected to this one writes there what they like, and pays themselves. */
    Verdict judge(StripeEvent event) {
        Verdict verdict = meaning(event);
        boolean credits = verdict instanceof Verdict.Credit
                || (verdict instanceof Verdict.Checkout checkout && checkout.credit() != null);
        if (!event.connected()) {
            return verdict;
        }
        return credits
                ? park("a payment to this account of Stripe's", "it is to one that is connected to it")
                : new Verdict.Ignore();
    }

    private Verdict meaning(StripeEvent event) {
        if (!event.saysMetadata() && TYPES.contains(event.type())
                && (event.type().startsWith("payment_intent.") || event.type().startsWith("checkout."))) {
            // Whether it is for tokens nobody can tell.
            return park("metadata, or null", "there is nothing of that name that can be read");
        }
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
        if (event.isWithout("payment_intent") || Boolean.FALSE.equals(event.object().getValue("actionable"))) {
            return new Verdict.Ignore();
        }
        String paymentId = event.reference("payment_intent");
        return paymentId == null
                ? park("the payment_intent that is warned of", "there is none")
                : new Verdict.Warned(paymentId);
    }

    private static Verdict noted(StripeEvent event) {
        if (event.metadata(WALLET) == null) {
            return new Verdict.Ignore();
        }
        String id = event.text("id");
        String status = event.text("status");
        return id == null || status == null
                ? park("an id and a status", "one of them is missing")
                : new Verdict.Note(id, status);
    }

    private static Verdict declined(StripeEvent event) {
        String wallet = event.metadata(WALLET);
        String payer = event.metadata(PAYER);
        Verdict noted = noted(event);
        return wallet != null && noted instanceof Verdict.Note note
                ? new Verdict.Declined(note, payer == null ? wallet : payer)
                : noted;
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
        if (!isPromised(event, TOKENS, pack.tokens()) || !isPromised(event, BONUS, pack.bonus())) {
            return park("%d tokens and %d on top for the pack %s".formatted(pack.tokens(), pack.bonus(), pack.id()),
                    "%s and %s were promised".formatted(event.metadata(TOKENS), event.metadata(BONUS)));
        }
        return pack.total() > catalog.largestPurchase()
                ? park("at most " + catalog.largestPurchase() + " tokens", "the pack has " + pack.total())
                : null;
    }

    /** The price list may be another one by now. A payment that says nothing of it is for what the list has. */
    private static boolean isPromised(StripeEvent event, String name, long tokens) {
        String promised = event.metadata(name);
        return promised == null || promised.equals(String.valueOf(tokens));
    }

    private static Verdict credit(String id, String wallet, @Nullable String payer, Pack pack) {
        return new Verdict.Credit(wallet, new Payment(id, pack.id(), pack.tokens(), pack.bonus(), pack.price(),
                pack.currency(), payer == null || payer.equals(wallet) ? null : payer));
    }

    private static Verdict.Park park(String expected, String but) {
        return new Verdict.Park("Expected " + expected + ", but " + but);
    }
}
