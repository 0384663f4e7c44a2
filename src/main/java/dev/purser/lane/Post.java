package dev.purser.lane;

import java.util.function.Supplier;

import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Transfer;
import io.vertx.core.Future;

/**
 * Brings transfers to the wallets that they are for. The sender's commit has put them in the post; whoever brings them, and
 * however often, the recipient takes each in once, by its key.
 */
public final class Post {

    private final Wallets wallets;
    private final Supplier<String> ids;

    public Post(Wallets wallets, Supplier<String> ids) {
        this.wallets = wallets;
        this.ids = ids;
    }

    /** What became of a transfer, as far as is known. */
    public enum State {
        /** The recipient has it. */
        CREDITED,
        /** It waits for the recipient's wallet, and will be brought again. */
        IN_POST,
        /** It waits, and in vain: the recipient's wallet was closed before it came. */
        UNDELIVERABLE,
        /** The sender has it back. */
        RETURNED
    }

    /** Brings a transfer to its recipient. */
    public Future<State> deliver(Transfer transfer) {
        return wallets.send(receipt(transfer, ids.get())).map(outcome -> switch (outcome) {
            case Outcome.Done _ -> State.CREDITED;
            case Outcome.Refused(Refusal.Closed _, var _) -> State.UNDELIVERABLE;
            case Outcome.Refused _,Outcome.Seen _,Outcome.KeyReused _,Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ ->
                State.IN_POST;
        });
    }

    /** Brings the tokens of a transfer that is undeliverable back to the lots that they came from. */
    public Future<State> giveBack(Transfer transfer, Lots lots) {
        return wallets.send(new Operation(ids.get(), transfer.from(), OpKey.ofReturn(transfer), new Authority.House(),
                new Command.TakeBack(transfer, lots)))
                .map(outcome -> outcome instanceof Outcome.Done ? State.RETURNED : State.UNDELIVERABLE);
    }

    static Operation receipt(Transfer transfer, String id) {
        return new Operation(id, transfer.to(), OpKey.ofTransfer(transfer), new Authority.House(),
                new Command.Receive(transfer));
    }
}
