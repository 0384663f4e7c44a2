package dev.purser.sandbox;

import java.util.Arrays;
import java.util.List;

import dev.purser.journal.Accounts;
import dev.purser.lane.Ids;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;

/** Gives the demo users what they begin with. Each gift has its own key, so that a restart gives none twice. */
public final class DemoUsers {

    private final Wallets wallets;
    private final Accounts accounts;

    public DemoUsers(Wallets wallets, Accounts accounts) {
        this.wallets = wallets;
        this.accounts = accounts;
    }

    /** Answers when all of them have what they begin with. */
    public Future<Void> welcome() {
        List<Future<Void>> welcomes = Arrays.stream(DemoUser.values()).map(this::welcome).toList();
        return Future.all(welcomes).mapEmpty();
    }

    private Future<Void> welcome(DemoUser user) {
        Future<Void> account = user.isCreator()
                ? accounts.put(user.id(), new Accounts.Change(true, false, null)).mapEmpty()
                : Future.succeededFuture();
        return user.welcome() == 0 ? account : account.compose(_ -> credit(user));
    }

    private Future<Void> credit(DemoUser user) {
        OpKey key = new OpKey("sandbox:welcome:" + user.id(), "credit " + user.welcome(), true);
        Command credit = new Command.Credit(user.welcome(), LotSource.PROMO, null, Memo.of("Welcome to Purser"));
        return wallets.send(new Operation(Ids.next(), user.id(), key, new Authority.House(), credit))
                .compose(outcome -> outcome instanceof Outcome.Done
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                "Expected " + user.id() + " to be credited with a welcome, but it was " + outcome));
    }
}
