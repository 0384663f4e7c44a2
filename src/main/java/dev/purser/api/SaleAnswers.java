package dev.purser.api;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.journal.Purchases.Purchase;

/** What a buyer is answered, by what became of the order. */
final class SaleAnswers {

    private static final int CREATED = 201;
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int A_MINUTE = 60;

    private SaleAnswers() {
    }

    static Answer of(Order order, Sale sale) {
        return switch (sale) {
            case Sale.Begun begun -> begun(Purchase.of(order, begun.id(), begun.status()), begun.failure(),
                    "client_secret", begun.clientSecret(), begun.replayed());
            case Sale.Opened opened -> begun(Purchase.of(order, opened.id(), opened.status()), null, "url",
                    opened.url(), opened.replayed());
            case Sale.Refused(var why) -> Problem.refusal(ProblemCode.PAYMENT_REFUSED,
                    "Expected a payment that the provider accepts, but it says: " + why);
            case Sale.KeyReused() -> Problem.refusal(ProblemCode.KEY_REUSED,
                    "Expected a key that is new or comes with its own request again, but it came with another");
            case Sale.Unanswered(boolean late) -> Problem.of(
                    late ? ProblemCode.PROVIDER_TIMEOUT : ProblemCode.PROVIDER_UNAVAILABLE,
                    "Expected an answer of the payment provider, but there is none; ask again under the same key")
                    .with(late ? Problem.Effect.UNKNOWN : Problem.Effect.NOT_APPLIED)
                    .retryableAfter(RETRY_AFTER_SECONDS);
            case Sale.TooMany(int limit) -> limited(ProblemCode.RATE_LIMITED, limit, A_MINUTE,
                    "Expected at most %d purchases a minute, but there are as many".formatted(limit));
            case Sale.TooManyOpen(int limit) -> limited(ProblemCode.TOO_MANY_OPEN_PURCHASES, limit, A_MINUTE,
                    "Expected fewer than %d open purchases, but there are as many: pay one, or let one expire"
                            .formatted(limit));
            case Sale.CoolingDown(int declines, long seconds) -> limited(ProblemCode.PAYMENTS_DECLINED, declines,
                    Math.clamp(seconds, 1, Integer.MAX_VALUE),
                    "Expected fewer than %d declined payments lately, but there were as many".formatted(declines));
            case Sale.Closed() -> Problem.refusal(ProblemCode.NOTHING_SOLD,
                    "Expected a payment provider, but none is set up: see stripe.secret_key");
        };
    }

    /** {@code next} is what the buyer's device goes on with, and {@code name} what it is called. */
    private static Answer begun(Purchase purchase, @Nullable String failure, String name, @Nullable String next,
            boolean replayed) {
        return new Answer.Json(CREATED, out -> {
            out.put("success", !"failed".equals(PurchaseJson.status(purchase.status())));
            out.put("purchase", PurchaseJson.begun(purchase, failure));
            out.putIfAny(name, next);
        }, replayed, null);
    }

    private static Problem limited(ProblemCode code, int limit, int seconds, String detail) {
        return Problem.refusal(code, detail).with((JsonBody) out -> out.put("limit", limit)).retryableAfter(seconds);
    }
}
