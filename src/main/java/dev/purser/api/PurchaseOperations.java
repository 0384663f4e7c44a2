package dev.purser.api;

import java.util.Map;
import java.util.Optional;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.Purchases;
import dev.purser.journal.Purchases.Line;
import dev.purser.journal.Purchases.Purchase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Status;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** Packs are bought: a payment is begun, and its tokens come when the payment provider says that it was made. */
final class PurchaseOperations {

    private static final int CREATED = 201;
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int A_MINUTE = 60;

    private final WalletOperations looks;
    private final Recipients recipients;
    private final Refusals refusals;
    private final Catalog catalog;
    private final Till till;
    private final Purchases purchases;

    PurchaseOperations(WalletOperations looks, Recipients recipients, Refusals refusals, ApiRooms rooms) {
        this.looks = looks;
        this.recipients = recipients;
        this.refusals = refusals;
        this.catalog = rooms.catalog();
        this.till = rooms.till();
        this.purchases = rooms.purchases();
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("purchase", call -> looks.whenSeen(call, wallet -> purchase(call, wallet)));
        handlers.put("listPurchases", call -> looks.whenSeen(call, _ -> list(call)));
        handlers.put("getPurchase", call -> looks.whenSeen(call, _ -> get(call)));
    }

    /** All that can be found wrong is found before anybody is charged. */
    private Future<Answer> purchase(Call call, Wallet wallet) {
        Optional<Pack> pack = pack(call);
        if (pack.isEmpty()) {
            return Future.succeededFuture(Problem.refusal(ProblemCode.UNKNOWN_PACK,
                    "Expected the pack_id of a pack, or the token_amount of one, and not both; see packs")
                    .with((JsonBody) out -> out.put("packs",
                            WalletJson.each(catalog.onSale(), each -> of -> CatalogOperations.write(of, each)))));
        }
        String recipient = call.body().optionalText("gift_recipient_id");
        Order order = new Order(pack.get(), wallet.id(), recipient == null ? wallet.id() : recipient,
                call.body().text("payment_method_id"), call.key());
        if (recipient == null) {
            return wallet.status() == Status.CLOSED ? refused(new Refusal.Closed()) : sell(order);
        }
        if (recipient.equals(wallet.id())) {
            return refused(new Refusal.ToItself());
        }
        return Tables.found(recipients.obstacle(recipient, false),
                obstacle -> obstacle.isPresent() ? refused(obstacle.get()) : sell(order));
    }

    private Optional<Pack> pack(Call call) {
        String id = call.body().optionalText("pack_id");
        boolean byTokens = call.body().has("token_amount");
        if (id == null) {
            return byTokens ? catalog.packOf(call.body().integer("token_amount")) : Optional.empty();
        }
        return byTokens ? Optional.empty() : catalog.pack(id).filter(pack -> !pack.retired());
    }

    private Future<Answer> refused(Refusal refusal) {
        return Future.succeededFuture(refusals.problem(refusal, new Command.Look()));
    }

    private Future<Answer> sell(Order order) {
        return till.sell(order).map(sale -> switch (sale) {
            case Sale.Begun begun -> new Answer.Json(CREATED, out -> {
                out.put("success", !"failed".equals(status(begun.status(), false)));
                out.put("purchase", (JsonBody) of -> {
                    write(of, Purchase.of(order, begun.id(), begun.status()), false);
                    of.putIfAny("failure", begun.failure());
                });
                out.putIfAny("client_secret", begun.clientSecret());
            }, false, null);
            case Sale.Refused(var why) -> Problem.refusal(ProblemCode.PAYMENT_REFUSED,
                    "Expected a payment that the provider accepts, but it says: " + why);
            case Sale.KeyReused() -> Problem.refusal(ProblemCode.KEY_REUSED,
                    "Expected a key that is new or comes with its own request again, but it came with another");
            case Sale.Unanswered(boolean late) -> Problem.of(
                    late ? ProblemCode.PROVIDER_TIMEOUT : ProblemCode.PROVIDER_UNAVAILABLE,
                    "Expected an answer of the payment provider, but there is none; ask again under the same key")
                    .with(late ? Problem.Effect.UNKNOWN : Problem.Effect.NOT_APPLIED)
                    .retryableAfter(RETRY_AFTER_SECONDS);
            case Sale.TooMany(int limit) -> Problem.refusal(ProblemCode.RATE_LIMITED,
                    "Expected at most " + limit + " purchases a minute, but there are as many")
                    .retryableAfter(A_MINUTE);
            case Sale.Closed() -> Problem.refusal(ProblemCode.NOTHING_SOLD,
                    "Expected a payment provider, but none is set up: see stripe.secret_key");
        });
    }

    private Future<Answer> list(Call call) {
        return Pages.latestFirst(call, "purchases", "purchases " + call.walletId(),
                place -> purchases.page(call.walletId(), place.before(), place.beforeId(), place.limit()),
                line -> new Cursor.Moment(line.createdAt(), line.purchase().id()), line -> out -> write(out, line));
    }

    private Future<Answer> get(Call call) {
        String id = call.parameters().text("purchase_id");
        return Tables.answer(purchases.find(call.walletId(), id), found -> found
                .<Answer>map(line -> Answer.Json.ok(out -> out.put("purchase", (JsonBody) of -> write(of, line))))
                .orElseGet(() -> Problem.of(ProblemCode.PURCHASE_NOT_FOUND,
                        "Expected a purchase of yours, but there is none with the id " + id)));
    }

    private static void write(JsonOut out, Line line) {
        write(out, line.purchase(), line.creditedAt() != null);
        out.put("created_at", line.createdAt());
        if (line.creditedAt() != null) {
            out.put("credited_at", line.creditedAt());
        }
    }

    private static void write(JsonOut out, Purchase purchase, boolean credited) {
        out.put("id", purchase.id());
        out.put("wallet_id", purchase.walletId());
        out.put("payer_id", purchase.payer());
        out.put("pack_id", purchase.packId());
        out.put("tokens", purchase.tokens());
        out.put("bonus_tokens", purchase.bonus());
        out.put("price", purchase.price());
        out.put("currency", purchase.currency());
        out.put("status", status(purchase.status(), credited));
    }

    /** The provider has more words for it than a buyer needs; and that the tokens are there it does not know. */
    private static String status(String provider, boolean credited) {
        if (credited) {
            return "credited";
        }
        return switch (provider) {
            case "succeeded", "processing", "canceled" -> provider;
            case "requires_payment_method" -> "failed";
            default -> "requires_action";
        };
    }
}
