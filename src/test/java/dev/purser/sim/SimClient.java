package dev.purser.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.OpKey;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;

/** A client with one thing on its mind at a time. */
final class SimClient {

    static final int WALLETS = 7;

    private final String name;
    private final World world;
    private final SimRouter router;
    private final SimTeller teller;
    private final List<String> holds = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int wishes;
    private boolean stopping;
    private boolean finished;

    SimClient(String name, World world, SimCluster cluster, Store store, Judge judge) {
        this.name = name;
        this.world = world;
        this.router = new SimRouter(name, world, cluster, store, judge);
        this.teller = new SimTeller(world, store, router);
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
        if (world.chance(0.1)) {
            teller.tell(this::think);
            return;
        }
        String wallet = "w" + Math.min(world.below(WALLETS), world.below(WALLETS));
        Command command = command(wallet);
        boolean keyed = !(command instanceof Command.Look) && world.chance(0.4);
        ask(wallet, command, keyed ? OpKey.ofClient(name, "k" + wishes, "same") : null);
        wishes++;
    }

    /** What may have run it tries again only under its key. */
    private void ask(String wallet, Command command, @Nullable OpKey key) {
        router.ask(wallet, command, key, outcome -> {
            if (outcome.isEmpty() && key != null) {
                world.after(world.between(SimRouter.PAUSE, World.SECOND), () -> ask(wallet, command, key));
            } else {
                think();
            }
        });
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
}
