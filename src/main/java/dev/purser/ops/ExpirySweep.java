package dev.purser.ops;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.purser.journal.Sweeps;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/**
 * Tells wallets of which a hold or a lot has run out to give it up. Each round goes through all that are due, page by
 * page, so that one that cannot be told just now keeps no other waiting.
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
        return page(clock.instant(), Sweeps.Due.FIRST, Untold.NONE).compose(Untold::asFuture);
    }

    /** Tells the due wallets after {@code last}; answers those that could not be told, with the {@code earlier} ones. */
    private Future<Untold> page(Instant now, Sweeps.Due last, Untold earlier) {
        return sweeps.dueWallets(now, last, settings.expiryWallets()).compose(due -> {
            List<String> ours = due.stream().map(Sweeps.Due::walletId).filter(owned).toList();
            return tell(ours, earlier)
                    .compose(untold -> due.size() < settings.expiryWallets() || stopping.getAsBoolean()
                            ? Future.succeededFuture(untold)
                            : page(now, due.getLast(), untold));
        });
    }

    /** Tells so many at once as may be under way, then the rest. */
    private Future<Untold> tell(List<String> walletIds, Untold earlier) {
        if (walletIds.isEmpty() || stopping.getAsBoolean()) {
            return Future.succeededFuture(earlier);
        }
        int atOnce = Math.min(settings.expiryInFlight(), walletIds.size());
        List<String> first = walletIds.subList(0, atOnce);
        List<Future<Outcome>> told = first.stream().map(this::tell).toList();
        return Future.join(told).compose(_ -> {
            Untold untold = earlier;
            for (int i = 0; i < atOnce; i++) {
                untold = untold.with(first.get(i), told.get(i).result());
            }
            return tell(walletIds.subList(atOnce, walletIds.size()), untold);
        });
    }

    private Future<Outcome> tell(String walletId) {
        return wallets.send(new Operation(Ids.next(), walletId, null, new Authority.House(), new Command.ExpireDue()));
    }

    /** How many wallets could not be told, and one of them for a message. */
    private record Untold(int count, String example) {

        static final Untold NONE = new Untold(0, "");

        Untold with(String walletId, Outcome outcome) {
            return switch (outcome) {
                // Moved: another node's to tell by now.
                case Outcome.Done _,Outcome.Seen _,Outcome.Moved _ -> this;
                case Outcome.Refused _,Outcome.KeyReused _,Outcome.KeyBusy _,Outcome.Limited _,Outcome.Unavailable _ ->
                    new Untold(count + 1, walletId + " with " + outcome);
            };
        }

        Future<?> asFuture() {
            return count == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture("Expected all due wallets to give up what has run out, but " + count
                            + " did not, such as " + example);
        }
    }
}
