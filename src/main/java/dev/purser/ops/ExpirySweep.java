package dev.purser.ops;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.purser.journal.Sweeps;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/**
 * Tells wallets of which a hold or a lot has run out to give it up. Each round goes through all that are due, page by page,
 * so that one that cannot be told just now keeps no other waiting.
 */
final class ExpirySweep {

    private final Sweeps sweeps;
    private final Wallets wallets;
    private final Predicate<String> owned;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final BooleanSupplier stopping;

    ExpirySweep(Sweeps sweeps, Wallets wallets, Predicate<String> owned, SweepSettings settings, InstantSource clock,
            BooleanSupplier stopping) {
        this.sweeps = sweeps;
        this.wallets = wallets;
        this.owned = owned;
        this.settings = settings;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** One round. Fails if wallets could not be told, after it has tried all of them. */
    Future<?> round() {
        return page(clock.instant(), Sweeps.Due.FIRST, 0).compose(untold -> untold == 0
                ? Future.succeededFuture()
                : Future.failedFuture(
                        "Expected all due wallets to give up what has run out, but " + untold + " did not"));
    }

    /** Tells the due wallets after {@code last}, and answers how many could not be told, with those {@code before}. */
    private Future<Integer> page(Instant now, Sweeps.Due last, int before) {
        return sweeps.dueWallets(now, last, settings.expiryWallets()).compose(due -> {
            List<String> ours = due.stream().map(Sweeps.Due::walletId).filter(owned).toList();
            return tell(ours, before).compose(untold -> due.size() < settings.expiryWallets() || stopping.getAsBoolean()
                    ? Future.succeededFuture(untold)
                    : page(now, due.getLast(), untold));
        });
    }

    private Future<Integer> tell(List<String> walletIds, int before) {
        if (walletIds.isEmpty() || stopping.getAsBoolean()) {
            return Future.succeededFuture(before);
        }
        int now = Math.min(settings.expiryInFlight(), walletIds.size());
        List<Future<Outcome>> told = walletIds.subList(0, now).stream().map(this::tell).collect(Collectors.toList());
        return Future.join(told).compose(_ -> tell(walletIds.subList(now, walletIds.size()),
                before + Math.toIntExact(outcomes(told).filter(outcome -> !isFine(outcome)).count())));
    }

    private Future<Outcome> tell(String walletId) {
        return wallets.send(new Operation(Ids.next(), walletId, null, new Authority.House(), new Command.ExpireDue()));
    }

    private static Stream<Outcome> outcomes(List<Future<Outcome>> told) {
        return told.stream().map(Future::result);
    }

    /** Whether the wallet was told, or is another node's to tell by now. */
    private static boolean isFine(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _,Outcome.Seen _,Outcome.Moved _ -> true;
            case Outcome.Refused _,Outcome.KeyReused _,Outcome.KeyBusy _,Outcome.Limited _,Outcome.Unavailable _ ->
                false;
        };
    }
}
