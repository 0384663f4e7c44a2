package dev.purser.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.purser.api.contract.Violation;
import dev.purser.catalog.Catalog;
import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Till;
import dev.purser.journal.Purchases;
import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Status;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/**
 * Packs are bought, at once or on a page of the payment provider's: a payment is begun, and its tokens come when the provider
 * says that it was made.
 */
final class PurchaseOperations {

    private static final String SUCCESS_URL = "success_url";
    private static final String CANCEL_URL = "cancel_url";

    private final WalletOperations looks;
    private final Recipients recipients;
    private final Refusals refusals;
    private final Catalog catalog;
    private final Till till;
    private final Purchases purchases;
    private final ReturnUrls returns;

    PurchaseOperations(WalletOperations looks, Recipients recipients, Refusals refusals, ApiRooms rooms,
            ReturnUrls returns) {
        this.looks = looks;
        this.recipients = recipients;
        this.refusals = refusals;
        this.catalog = rooms.catalog();
        this.till = rooms.till();
        this.purchases = rooms.purchases();
        this.returns = returns;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("purchaseOwn", this::purchase);
        handlers.put("purchase", this::purchase);
        handlers.put("checkoutOwn", this::checkout);
        handlers.put("checkout", this::checkout);
        handlers.put("getOwnPurchases", call -> looks.whenSeen(call, _ -> list(call)));
        handlers.put("getPurchases", call -> looks.whenSeen(call, _ -> list(call)));
        handlers.put("getOwnPurchase", call -> looks.whenSeen(call, _ -> get(call)));
        handlers.put("getPurchase", call -> looks.whenSeen(call, _ -> get(call)));
    }

    private Future<Answer> purchase(Call call) {
        Way way = new Way.Method(call.body().text("payment_method_id"));
        return looks.whenCharged(call, wallet -> buy(call, wallet, way));
    }

    private Future<Answer> checkout(Call call) {
        return looks.whenCharged(call, wallet -> {
            List<Violation> wrong = wrongUrls(call);
            return wrong.isEmpty()
                    ? buy(call, wallet, new Way.Page(call.body().text(SUCCESS_URL), call.body().text(CANCEL_URL)))
                    : Future.succeededFuture(RequestHeads.invalid(wrong));
        });
    }

    private List<Violation> wrongUrls(Call call) {
        List<Violation> wrong = new ArrayList<>();
        for (String name : List.of(SUCCESS_URL, CANCEL_URL)) {
            if (!returns.allows(call.body().text(name))) {
                wrong.add(new Violation("/" + name, returns.expected(), "it is none"));
            }
        }
        return wrong;
    }

    /** All that can be found wrong is found before anybody is charged. */
    private Future<Answer> buy(Call call, Wallet wallet, Way way) {
        Optional<Pack> pack = pack(call);
        if (pack.isEmpty()) {
            return Future.succeededFuture(Problem.refusal(ProblemCode.UNKNOWN_PACK,
                    "Expected the pack_id of a pack, or the token_amount of one, and not both; see packs")
                    .with((JsonBody) out -> out.put("packs",
                            WalletJson.each(catalog.onSale(), each -> of -> CatalogOperations.write(of, each)))));
        }
        String recipient = call.body().optionalText("gift_recipient_id");
        Order order = new Order(pack.get(), wallet.id(), recipient == null ? wallet.id() : recipient, way,
                call.key() == null ? null : new Order.Key(call.caller().subject(), call.key()));
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
        return till.sell(order).map(sale -> SaleAnswers.of(order, sale));
    }

    private Future<Answer> list(Call call) {
        return Pages.latestFirst(call, "purchases", "purchases " + call.walletId(),
                place -> purchases.page(call.walletId(), place.before(), place.beforeId(), place.limit()),
                line -> new Cursor.Moment(line.createdAt(), line.purchase().id()), PurchaseJson::line);
    }

    private Future<Answer> get(Call call) {
        String id = call.parameters().text("purchase_id");
        return Tables.answer(purchases.find(call.walletId(), id), found -> found
                .<Answer>map(line -> Answer.Json.ok(out -> out.put("purchase", PurchaseJson.line(line))))
                .orElseGet(() -> Problem.of(ProblemCode.PURCHASE_NOT_FOUND,
                        "Expected a purchase of this wallet, but there is none with the id " + id)));
    }
}
