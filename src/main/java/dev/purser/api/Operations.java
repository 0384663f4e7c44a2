package dev.purser.api;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Contract;
import dev.purser.api.contract.Endpoint;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Scope;
import io.vertx.core.Future;

/** The contract's operations, each with who answers it. */
final class Operations {

    private final Map<Endpoint, Bound> bound = new HashMap<>();

    private record Bound(ApiHandler handler, Set<Scope> scopes) {
    }

    /** Throws unless each operation of the contract has a handler, and each handler an operation. */
    Operations(Contract contract, ApiRooms rooms, ApiSettings settings) {
        Map<String, ApiHandler> handlers = handlers(contract, rooms, settings);
        Set<String> promised = new TreeSet<>();
        for (Endpoint endpoint : contract.endpoints()) {
            promised.add(endpoint.id());
            ApiHandler handler = handlers.get(endpoint.id());
            if (handler != null) {
                bound.put(endpoint, new Bound(handler, scopes(endpoint)));
            }
        }
        if (!promised.equals(handlers.keySet())) {
            throw new IllegalStateException(
                    "Expected a handler for each operation of the contract, but it has %s and they are for %s"
                            .formatted(promised, new TreeSet<>(handlers.keySet())));
        }
    }

    private static Map<String, ApiHandler> handlers(Contract contract, ApiRooms rooms, ApiSettings settings) {
        Refusals refusals = new Refusals(settings.buyUrl());
        Outcomes outcomes = new Outcomes(rooms.reports(), refusals);
        WalletOperations wallets = new WalletOperations(rooms.wallets(), outcomes);
        Map<String, ApiHandler> handlers = new HashMap<>();
        wallets.bind(handlers);
        Recipients recipients = new Recipients(rooms.wallets(), rooms.accounts());
        new TransferOperations(rooms.wallets(), outcomes, recipients).bind(handlers);
        new CallOperations(rooms.wallets(), wallets, outcomes, recipients, rooms.reports().holds()).bind(handlers);
        new EarningOperations(wallets, rooms.reports().earnings(), settings.earnings()).bind(handlers);
        new PayoutOperations(rooms.wallets(), wallets, outcomes, rooms.reports(), settings.earnings()).bind(handlers);
        new BatchOperation(wallets).bind(handlers);
        new HistoryOperation(wallets, rooms.reports()).bind(handlers);
        new AccountOperations(rooms.accounts()).bind(handlers);
        new CatalogOperations(rooms.catalog()).bind(handlers);
        new PurchaseOperations(wallets, recipients, refusals, rooms, settings.returns()).bind(handlers);
        new WebhookOperations(rooms.reports().webhooks(), rooms.replay()).bind(handlers);
        new ClusterOperations(rooms.cluster()).bind(handlers);
        new AdminOperations(wallets, rooms.reports()).bind(handlers);
        handlers.put("getContract", _ -> Future.succeededFuture(Documents.contract(contract)));
        return handlers;
    }

    private static Set<Scope> scopes(Endpoint endpoint) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : endpoint.scopes()) {
            scopes.add(Scope.parse(text).orElseThrow(
                    () -> new IllegalStateException("Expected a scope in the contract, but found " + text)));
        }
        return scopes;
    }

    /** The scope that the operation asks of everybody and that the caller lacks, or null. */
    @Nullable
    Scope missingScope(Endpoint endpoint, Authority.Caller caller) {
        for (Scope scope : get(endpoint).scopes()) {
            if (!caller.scopes().contains(scope)) {
                return scope;
            }
        }
        return null;
    }

    Future<Answer> handle(Call call) {
        return get(call.endpoint()).handler().handle(call);
    }

    private Bound get(Endpoint endpoint) {
        return Objects.requireNonNull(bound.get(endpoint));
    }
}
