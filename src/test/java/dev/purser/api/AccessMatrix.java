package dev.purser.api;

import java.util.Map;
import java.util.TreeMap;

import dev.purser.wallet.Scope;

/** Who may call what: written by hand, and not taken from the code that it is held against. */
final class AccessMatrix {

    /** Who may. */
    sealed interface Who {
    }

    /** With or without a token. */
    record Anybody() implements Who {
    }

    /** Whoever has a token, on their own wallet; there is no way to name another's. */
    record Self() implements Who {
    }

    /** The wallet's owner, and whoever has the scope. */
    record OwnerOr(Scope scope, Scope orScope) implements Who {
    }

    /** Whoever has the scope. */
    record Only(Scope scope) implements Who {
    }

    /**
     * An operation.
     *
     * @param path below the API's; {@code WALLET} and {@code HOLD} stand for what it concerns
     * @param body none if empty
     * @param done what it is answered with when it is done
     */
    record Operation(String method, String path, String body, Who who, int done) {
    }

    private static final String AMOUNT = "{\"amount\":1}";
    private static final String REASON = "{\"reason\":\"r\"}";
    private static final Who CHARGE = new OwnerOr(Scope.CHARGE, Scope.CHARGE);
    private static final Who READ = new OwnerOr(Scope.READ, Scope.ADMIN);
    private static final Who ADMIN = new Only(Scope.ADMIN);

    private AccessMatrix() {
    }

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new TreeMap<>();
        operations.put("getContract", new Operation("GET", "/openapi.yaml", "", new Anybody(), 200));
        both(operations, "getOwnBalance", "getBalance", "GET", "/balance", "", READ, 200);
        both(operations, "getOwnHistory", "getHistory", "GET", "/history", "", READ, 200);
        both(operations, "spendOwn", "spend", "POST", "/spend", AMOUNT, CHARGE, 200);
        both(operations, "openHoldOwn", "openHold", "POST", "/holds", AMOUNT, CHARGE, 201);
        both(operations, "extendHoldOwn", "extendHold", "POST", "/holds/HOLD/extend", AMOUNT, CHARGE, 200);
        both(operations, "settleHoldOwn", "settleHold", "POST", "/holds/HOLD/settle", AMOUNT, CHARGE, 200);
        both(operations, "releaseHoldOwn", "releaseHold", "POST", "/holds/HOLD/release", "{}", CHARGE, 200);
        operations.put("credit", new Operation("POST", "/wallets/WALLET/credits",
                "{\"amount\":1,\"source\":\"promo\",\"reason\":\"r\"}", new Only(Scope.CREDIT), 200));
        both(operations, "tipOwn", "tip", "POST", "/tip", "{\"creator_id\":\"star\",\"amount\":1,\"channel\":\"c\"}",
                CHARGE, 200);
        both(operations, "giftOwn", "gift", "POST", "/gift", "{\"recipient_id\":\"star\",\"amount\":1}",
                CHARGE, 200);
        both(operations, "deductCallOwn", "deductCall", "POST", "/calls/deduct",
                "{\"creator_id\":\"star\",\"amount\":1,\"call_id\":\"c\"}", CHARGE, 200);
        both(operations, "startCallOwn", "startCall", "POST", "/calls",
                "{\"creator_id\":\"star\",\"rate_per_minute\":1}",
                CHARGE, 201);
        // There is no such call; who may not ask is not told so.
        both(operations, "getCallOwn", "getCall", "GET", "/calls/CALL", "", READ, 404);
        both(operations, "renewCallOwn", "renewCall", "POST", "/calls/CALL/renew", "", CHARGE, 404);
        both(operations, "endCallOwn", "endCall", "POST", "/calls/CALL/end", "", CHARGE, 404);
        both(operations, "purchaseOwn", "purchase", "POST", "/purchase",
                "{\"pack_id\":\"small\",\"payment_method_id\":\"pm_card_visa\"}", CHARGE, 201);
        both(operations, "checkoutOwn", "checkout", "POST", "/checkout",
                "{\"pack_id\":\"small\",\"success_url\":\"https://a.example\",\"cancel_url\":\"https://a.example\"}",
                CHARGE, 201);
        both(operations, "getOwnPurchases", "getPurchases", "GET", "/purchases", "", READ, 200);
        // There is no such purchase; who may not ask is not told so.
        both(operations, "getOwnPurchase", "getPurchase", "GET", "/purchases/PURCHASE", "", READ, 404);
        operations.put("getPacks", new Operation("GET", "/tokens/packs", "", new Self(), 200));
        both(operations, "getOwnEarnings", "getEarnings", "GET", "/earnings", "", READ, 200);
        both(operations, "getOwnPayouts", "getPayouts", "GET", "/payouts", "", READ, 200);
        // The wallet has earned nothing.
        both(operations, "requestPayoutOwn", "requestPayout", "POST", "/payouts", AMOUNT, CHARGE, 409);
        operations.put("listWebhooks", new Operation("GET", "/admin/webhooks", "", ADMIN, 200));
        operations.put("listPayouts", new Operation("GET", "/admin/payouts", "", ADMIN, 200));
        operations.put("replayWebhook", new Operation("POST", "/admin/webhooks/EVENT/replay", "", ADMIN, 200));
        operations.put("approvePayout", new Operation("POST", "/admin/wallets/WALLET/payouts/PAYOUT/approve",
                "{\"reference\":\"r\"}", ADMIN, 404));
        operations.put("rejectPayout",
                new Operation("POST", "/admin/wallets/WALLET/payouts/PAYOUT/reject", REASON, ADMIN,
                        404));
        // Whom a batch concerns is decided for each of its operations: see AccessTest.
        operations.put("batch", new Operation("POST", "/batch", "{\"operations\":[]}", new Self(), 400));
        operations.put("getAccount", new Operation("GET", "/accounts/WALLET", "", ADMIN, 200));
        operations.put("putAccount", new Operation("PUT", "/accounts/WALLET", "{\"plan\":\"pro\"}", ADMIN, 200));
        operations.put("findWallets", new Operation("GET", "/admin/wallets?find=WALLET", "", ADMIN, 200));
        operations.put("getCluster", new Operation("GET", "/admin/cluster", "", ADMIN, 200));
        operations.put("inspectWallet", new Operation("GET", "/admin/wallets/WALLET", "", ADMIN, 200));
        operations.put("adjustWallet", new Operation("POST", "/admin/wallets/WALLET/adjust",
                "{\"amount\":1,\"reason\":\"r\"}", ADMIN, 200));
        operations.put("freezeWallet", new Operation("POST", "/admin/wallets/WALLET/freeze", REASON, ADMIN, 200));
        // The wallet is not frozen, and it has a hold: the rules are asked, and say so.
        operations.put("unfreezeWallet", new Operation("POST", "/admin/wallets/WALLET/unfreeze", REASON, ADMIN, 409));
        operations.put("closeWallet", new Operation("POST", "/admin/wallets/WALLET/close", REASON, ADMIN, 409));
        operations.put("listDebts", new Operation("GET", "/admin/debts", "", ADMIN, 200));
        operations.put("listAudit", new Operation("GET", "/admin/audit?wallet_id=WALLET", "", ADMIN, 200));
        return operations;
    }

    private static void both(Map<String, Operation> operations, String own, String named, String method, String path,
            String body, Who who, int done) {
        operations.put(own, new Operation(method, "/tokens" + path, body, new Self(), done));
        operations.put(named, new Operation(method, "/wallets/WALLET" + path, body, who, done));
    }
}
