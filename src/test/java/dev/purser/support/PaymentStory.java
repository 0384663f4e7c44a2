package dev.purser.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.purser.catalog.Pack;

/**
 * A payment and all that becomes of its money, and with it what must be left of its tokens in the end.
 *
 * @param chapters the events that tell of it; those of one chapter happen at the same moment
 * @param refunded how much of the price went back by refunds, {@code chargedBack} by disputes, and how much is
 *            {@code atStake} in disputes that are open
 */
record PaymentStory(String paymentId, String wallet, Pack pack, List<List<String>> chapters, long refunded,
        long chargedBack, long atStake) {

    /** Of conf/catalog.yaml. */
    private static final List<Pack> PACKS = List.of(new Pack("taste", 500, 0, 499, "usd", false),
            new Pack("regular", 1_000, 0, 949, "usd", false), new Pack("generous", 5_000, 250, 4_499, "usd", false));
    /** What may happen after a payment. */
    private static final int PLOTS = 9;

    /** How many tokens are taken back for refunds. */
    long tokensRefunded() {
        return tokens(refunded);
    }

    /** How many for disputes. */
    long tokensDisputed() {
        return tokens(gone()) - tokensRefunded();
    }

    /** How many more while disputes are open. */
    long tokensAtStake() {
        return tokens(gone() + atStake) - tokens(gone());
    }

    private long gone() {
        return Math.min(pack.price(), refunded) + chargedBack;
    }

    /** As large a part of the tokens as of the price, of which no more than all can go back. */
    private long tokens(long money) {
        return pack.total() * Math.min(pack.price(), money) / pack.price();
    }

    /** Every other payment is kept; with the others everything happens in turn, so that all of it happens soon. */
    static PaymentStory tell(int number, String paymentId, String wallet, Random random) {
        Pack pack = PACKS.get(random.nextInt(PACKS.size()));
        Draft draft = new Draft(paymentId, pack.price(), random);
        draft.add(StripeEvents.paid("evt_" + paymentId, paymentId, wallet, pack));
        if (number % 2 == 1) {
            draft.plot(number / 2 % PLOTS);
        }
        return new PaymentStory(paymentId, wallet, pack, draft.chapters, draft.refunded, draft.chargedBack,
                draft.atStake);
    }

    /** How far a dispute comes; the last is an inquiry that never becomes one. */
    private enum End {
        OPEN,
        WITHDRAWN,
        LOST,
        WON,
        WARNING_CLOSED
    }

    /** A story in the making. */
    private static final class Draft {

        private final String paymentId;
        private final long price;
        private final Random random;
        private final List<List<String>> chapters = new ArrayList<>();
        private long refunded;
        private long chargedBack;
        private long atStake;
        private int refunds;
        private int disputes;

        Draft(String paymentId, long price, Random random) {
            this.paymentId = paymentId;
            this.price = price;
            this.random = random;
        }

        void add(String... events) {
            chapters.add(List.of(events));
        }

        /** Some of what happens to money. */
        void plot(int plot) {
            switch (plot) {
                case 0 -> {
                    refund(some());
                    refund(some());
                }
                case 1 -> refund(price);
                case 2 -> {
                    long amount = some();
                    refundOldStyle(amount);
                    fail(amount);
                    refundOldStyle(amount);
                }
                case 3 -> {
                    long amount = some();
                    refund(amount);
                    refund(some());
                    fail(amount);
                }
                case 4 -> dispute(price, End.OPEN);
                case 5 -> dispute(some(), End.LOST);
                case 6 -> dispute(price, End.WON);
                case 7 -> {
                    dispute(price, End.WARNING_CLOSED);
                    refund(some());
                }
                default -> {
                    // More than was paid.
                    dispute(price, End.WITHDRAWN);
                    refund(some());
                    dispute(some(), End.OPEN);
                }
            }
        }

        /** A part of the price, three of which are not more than all of it. */
        long some() {
            return 1 + random.nextLong(price / 3);
        }

        /** In seconds; each chapter has its own. */
        private long now() {
            return 1_000 + 10L * chapters.size();
        }

        private String refundId(int number) {
            return "re_" + paymentId + "_" + number;
        }

        /** Both families of events tell of it, and one of them in two steps. */
        void refund(long amount) {
            String id = refundId(refunds++);
            refunded += amount;
            add(StripeEvents.refund("refund.created", id, paymentId, amount, "pending", now()),
                    StripeEvents.refundedSoFar(paymentId, refunded, now()));
            if (random.nextBoolean()) {
                add(StripeEvents.refund("refund.updated", id, paymentId, amount, "succeeded", now()));
            }
        }

        /** Told as to an endpoint that hears of sums alone. */
        void refundOldStyle(long amount) {
            refunds++;
            refunded += amount;
            add(StripeEvents.refundedSoFar(paymentId, refunded, now()));
        }

        /** The first refund, of this amount, did not reach whoever paid. */
        void fail(long amount) {
            refunded -= amount;
            add(StripeEvents.refund("refund.failed", refundId(0), paymentId, amount, "failed", now()),
                    StripeEvents.refund("charge.refund.updated", refundId(0), paymentId, amount, "failed", now()));
        }

        void dispute(long amount, End end) {
            String id = "dp_" + paymentId + "_" + disputes++;
            long since = now();
            boolean inquiry = end == End.WARNING_CLOSED;
            add(told("created", id, amount, inquiry ? "warning_needs_response" : "needs_response", since));
            if (end == End.WITHDRAWN || end == End.LOST || end == End.WON) {
                add(told("funds_withdrawn", id, amount, "under_review", since));
            }
            switch (end) {
                case OPEN -> {
                    add(told("updated", id, amount, "under_review", since));
                    atStake += amount;
                }
                case WITHDRAWN -> chargedBack += amount;
                case LOST -> {
                    add(told("closed", id, amount, "lost", since));
                    chargedBack += amount;
                }
                case WON -> add(told("closed", id, amount, "won", since),
                        told("funds_reinstated", id, amount, "won", since));
                case WARNING_CLOSED -> add(told("closed", id, amount, "warning_closed", since));
            }
        }

        private String told(String type, String id, long amount, String status, long since) {
            return StripeEvents.dispute(type, id, paymentId, amount, status, since, now());
        }
    }
}
