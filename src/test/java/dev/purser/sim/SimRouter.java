package dev.purser.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;

/** The router between a client and the wallets: it asks again what surely did not run, and what has a key. */
final class SimRouter {

    static final long PAUSE = 50 * World.MILLI;
    private static final long ANSWER = 1_500 * World.MILLI;
    private static final long PATIENCE = 9 * World.SECOND;
    /** So long a message may lie in a connection that is cut, and be carried out when that heals. */
    static final long CUT = 15 * World.SECOND;

    private final String name;
    private final World world;
    private final SimCluster cluster;
    private final Store store;
    private final Judge judge;
    private final Map<String, SimNode> lastKnown = new HashMap<>();
    private int operations;

    SimRouter(String name, World world, SimCluster cluster, Store store, Judge judge) {
        this.name = name;
        this.world = world;
        this.cluster = cluster;
        this.store = store;
        this.judge = judge;
    }

    /**
     * One request, sent once or, under its key, twice at the same time.
     *
     * @param then hears once what came of it; nothing if it may be tried again, or nobody knows
     */
    void ask(String wallet, Command command, @Nullable OpKey key, Consumer<Optional<Outcome>> then) {
        Request request = new Request(wallet, command, key, then);
        request.send(request.operation());
        if (key != null && world.chance(0.1)) {
            request.send(request.operation());
        }
    }

    /** Something that a client asks for, and all operations that the router makes of it. */
    private final class Request {

        private final String wallet;
        private final Command command;
        private final @Nullable OpKey key;
        private final long end = world.now() + PATIENCE;
        /** What may have run goes on under another id. */
        private final List<Operation> all = new ArrayList<>();
        private final Consumer<Optional<Outcome>> then;
        private int underWay;
        private boolean mayHaveRun;
        private boolean over;

        Request(String wallet, Command command, @Nullable OpKey key, Consumer<Optional<Outcome>> then) {
            this.wallet = wallet;
            this.command = command;
            this.key = key;
            this.then = then;
        }

        Operation operation() {
            all.add(new Operation(name + "-" + operations++, wallet, key, new Authority.House(), command));
            return all.getLast();
        }

        void send(Operation operation) {
            underWay++;
            long version = judge.knownVersion(wallet);
            boolean keyWasUsed = key != null && store.tables().reply(new KeyName(wallet, key.text())) != null;
            boolean[] answered = {false};
            SimNode to = whom();
            world.after(world.chance(0.005) ? world.between(0, CUT) : travel(),
                    () -> to.receive(operation, outcome -> world.after(travel(), () -> {
                        lastKnown.put(wallet, outcome instanceof Outcome.Moved ? cluster.any() : to);
                        judge.heard(operation, outcome, version, keyWasUsed, store);
                        if (!answered[0]) {
                            answered[0] = true;
                            heard(operation, outcome);
                        }
                    })));
            world.after(ANSWER, () -> {
                if (!answered[0]) {
                    answered[0] = true;
                    lastKnown.put(wallet, cluster.any());
                    lost();
                }
            });
        }

        /** Mostly whoever has served the wallet before. */
        private SimNode whom() {
            SimNode known = lastKnown.get(wallet);
            return known == null || known.isDead() || world.chance(0.1) ? cluster.any() : known;
        }

        private void heard(Operation operation, Outcome outcome) {
            underWay--;
            if (over) {
                return;
            }
            switch (outcome) {
                case Outcome.Moved() -> again(operation);
                case Outcome.Unavailable(var reason, _) -> {
                    mayHaveRun |= reason.outcomeUnknown();
                    notDone();
                }
                case Outcome.KeyBusy() -> notDone();
                case Outcome.Refused _,Outcome.Limited _ -> {
                    if (mayHaveRun) {
                        // What was sent before may yet be carried out, so it is not known that nothing is.
                        notDone();
                        return;
                    }
                    if (underWay == 0) {
                        all.forEach(judge::neverHappened);
                    }
                    end(Optional.of(outcome));
                }
                case Outcome.Done _,Outcome.Seen _,Outcome.KeyReused() -> end(Optional.of(outcome));
            }
        }

        private void lost() {
            underWay--;
            mayHaveRun = true;
            if (!over) {
                if (key == null) {
                    end(Optional.empty());
                } else {
                    again(operation());
                }
            }
        }

        private void again(Operation operation) {
            if (world.now() > end) {
                notDone();
            } else {
                world.after(world.between(World.MILLI, PAUSE), () -> {
                    if (!over) {
                        send(operation);
                    }
                });
            }
        }

        /** Whoever asked hears that it may be tried again. */
        private void notDone() {
            if (!mayHaveRun && underWay == 0) {
                all.forEach(judge::neverHappened);
            }
            end(Optional.empty());
        }

        private void end(Optional<Outcome> outcome) {
            over = true;
            then.accept(outcome);
        }

        private long travel() {
            return world.between(50 * World.MICRO, World.MILLI);
        }
    }
}
