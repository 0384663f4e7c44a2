package dev.purser.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Payment;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;

/**
 * A client with one thing on its mind at a time, and the router between it and the wallets: it asks again what surely did
 * not run, and what has a key.
 */
final class SimClient {

    private static final long ANSWER = 1_500 * World.MILLI;
    private static final long PATIENCE = 9 * World.SECOND;
    private static final long PAUSE = 50 * World.MILLI;
    /** There is always a new payment soon, and of the last ones everybody keeps telling. */
    private static final long PAYMENTS_A_SECOND = 3;
    private static final int RETOLD = 12;
    static final int WALLETS = 7;

    private final String name;
    private final World world;
    private final SimCluster cluster;
    private final Store store;
    private final Judge judge;
    private final Map<String, SimNode> lastKnown = new HashMap<>();
    private final List<String> holds = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int wishes;
    private int operations;
    private boolean stopping;
    private boolean finished;

    SimClient(String name, World world, SimCluster cluster, Store store, Judge judge) {
        this.name = name;
        this.world = world;
        this.cluster = cluster;
        this.store = store;
        this.judge = judge;
    }

    /** Ends once it knows what became of its last wish. */
    void stop() {
        stopping = true;
    }

    boolean isFinished() {
        return finished;
    }

    void think() {
        world.after(world.between(100 * World.MICRO, 10 * World.MILLI), () -> {
            if (stopping) {
                finished = true;
            } else {
                wish();
            }
        });
    }

    private void wish() {
        if (world.chance(0.05)) {
            tellOfAPayment();
            return;
        }
        String wallet = "w" + Math.min(world.below(WALLETS), world.below(WALLETS));
        Command command = command(wallet);
        boolean keyed = !(command instanceof Command.Look) && world.chance(0.4);
        ask(wallet, command, keyed ? OpKey.ofClient(name, "k" + wishes, "same") : null);
        wishes++;
    }

    /** Anybody may tell of any payment, as often as they like: it is known by its id. */
    private void tellOfAPayment() {
        long number = PAYMENTS_A_SECOND * world.now() / World.SECOND - world.below(RETOLD);
        Payment payment = new Payment("pi_" + number, "pack", 1 + number % 50, number % 3, 1, "usd", null);
        ask("w" + number % WALLETS, new Command.Purchase(payment), OpKey.ofStripe(payment));
        wishes++;
    }

    private Command command(String wallet) {
        return switch (world.below(24)) {
            case 20, 21, 22 -> new Command.Send(new Transfer(name + "-tr-" + wishes, TransferKind.GIFT, wallet,
                    "w" + world.below(WALLETS), 1 + world.below(20), null, null), null);
            case 23 -> call();
            case 0, 1, 2, 3 -> new Command.Credit(1 + world.below(50), LotSource.PROMO, null, Memo.NONE);
            case 4, 5, 6 -> new Command.Look();
            case 7, 8 -> {
                holds.add(name + "-hold-" + wishes);
                yield new Command.OpenHold(holds.getLast(), 1 + world.below(9), null,
                        Duration.ofSeconds(1 + world.below(60)));
            }
            case 9 -> holds.isEmpty()
                    ? new Command.Look()
                    : new Command.SettleHold(world.oneOf(holds), world.below(9), true, Memo.NONE);
            case 10 -> holds.isEmpty()
                    ? new Command.Look()
                    : new Command.ReleaseHold(world.oneOf(holds), Memo.NONE);
            default -> new Command.Spend(1 + world.below(20), Memo.NONE);
        };
    }

    /** It begins, goes on or ends; how long it lasts is short, as a minute is. */
    private Command call() {
        if (calls.isEmpty() || world.chance(0.5)) {
            calls.add(name + "-call-" + wishes);
            return new Command.StartCall(calls.getLast(), "w" + world.below(WALLETS), 1 + world.below(4),
                    1 + world.below(8), world.chance(0.2), Duration.ofSeconds(1 + world.below(8)), null);
        }
        return world.chance(0.5)
                ? new Command.RenewCall(world.oneOf(calls))
                : new Command.EndCall(world.oneOf(calls));
    }

    /** One request, sent once or, under its key, twice at the same time. */
    private void ask(String wallet, Command command, @Nullable OpKey key) {
        Request request = new Request(wallet, command, key);
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
        private int underWay;
        private boolean mayHaveRun;
        private boolean over;

        Request(String wallet, Command command, @Nullable OpKey key) {
            this.wallet = wallet;
            this.command = command;
            this.key = key;
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
            world.after(travel(), () -> to.receive(operation, outcome -> world.after(travel(), () -> {
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
                    if (underWay == 0) {
                        all.forEach(judge::neverHappened);
                    }
                    end();
                }
                case Outcome.Done _,Outcome.Seen _,Outcome.KeyReused() -> end();
            }
        }

        private void lost() {
            underWay--;
            mayHaveRun = true;
            if (!over) {
                if (key == null) {
                    end();
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

        /** The client hears that it may try again; what may have run it tries again only under its key. */
        private void notDone() {
            if (!mayHaveRun && underWay == 0) {
                all.forEach(judge::neverHappened);
            }
            over = true;
            if (key == null) {
                think();
            } else {
                world.after(world.between(PAUSE, World.SECOND), () -> ask(wallet, command, key));
            }
        }

        private void end() {
            over = true;
            think();
        }

        private long travel() {
            return world.between(50 * World.MICRO, World.MILLI);
        }
    }
}
