package dev.purser.api;

import java.time.Duration;
import java.util.Optional;

import dev.purser.journal.Accounts;
import dev.purser.journal.Accounts.Account;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Status;
import io.vertx.core.Future;

/** Those to whom tokens are to be sent. */
final class Recipients {

    /** One that is not heard of so long keeps nobody waiting: whoever is no obstacle by then is none. */
    private static final Duration LOOKING = Duration.ofMillis(300);

    /** A creator remains one. Whoever has just become one does not wait long. */
    private static final Duration CREATOR = Duration.ofSeconds(10);
    private static final Duration NO_CREATOR = Duration.ofSeconds(1);
    /** So long a wallet that was frozen is still sent to: it takes that in, as it does all that was sent before. */
    private static final Duration STANDING = Duration.ofMillis(500);

    private final Wallets wallets;
    private final Remembered<Boolean> creators;
    private final Remembered<Optional<Refusal>> standings;
    private final Waiting<Optional<Refusal>> looking = new Waiting<>(LOOKING, Optional.empty());

    Recipients(Wallets wallets, Accounts accounts) {
        this.wallets = wallets;
        this.creators = new Remembered<>(
                id -> accounts.find(id).map(found -> found.map(Account::isCreator).orElse(false)),
                yes -> yes ? CREATOR : NO_CREATOR, System::nanoTime);
        this.standings = new Remembered<>(this::standing, _ -> STANDING, System::nanoTime);
    }

    /**
     * What is known to stand in the way.
     *
     * @param forCreators whether it is for what somebody does, and so only for a creator
     */
    Future<Optional<Refusal>> obstacle(String recipient, boolean forCreators) {
        Future<Boolean> welcome = forCreators ? creators.get(recipient) : Future.succeededFuture(true);
        return welcome.compose(may -> may
                ? standings.get(recipient)
                : Future.succeededFuture(Optional.of(new Refusal.NoCreator(recipient))));
    }

    /** A wallet that cannot be asked just now is taken to be open; if it is not, the tokens come back. */
    private Future<Optional<Refusal>> standing(String recipient) {
        return looking.within(wallets
                .send(new Operation(Ids.next(), recipient, null, new Authority.House(), new Command.Look()))
                .map(outcome -> outcome instanceof Outcome.Seen(var wallet, var _)
                        ? refusal(wallet.status(), recipient)
                        : Optional.empty()));
    }

    private static Optional<Refusal> refusal(Status status, String recipient) {
        return switch (status) {
            case FROZEN -> Optional.of(new Refusal.RecipientFrozen(recipient));
            case CLOSED -> Optional.of(new Refusal.RecipientClosed(recipient));
            case ACTIVE, DEBT -> Optional.empty();
        };
    }
}
