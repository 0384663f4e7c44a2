package dev.purser.lane;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import dev.purser.wallet.Command;
import dev.purser.wallet.Transfer;

/**
 * Gives the transfers of a batch their ids. What goes to one wallet lies in one parcel, which is a single row of the post,
 * however many tips a creator gets at once. Each batch has parcels of its own: one that was decided in vain has used up its
 * places, and what is decided again gets another.
 */
final class Parcels {

    private final Supplier<String> ids;
    private final Map<String, Parcel> byRecipient = new HashMap<>();

    Parcels(Supplier<String> ids) {
        this.ids = ids;
    }

    /** The command, with an id for what it sends. */
    Command addressed(Command command) {
        return command instanceof Command.Send(var transfer, var obstacle)
                ? new Command.Send(next(transfer.to()).put(transfer), obstacle)
                : command;
    }

    private Parcel next(String recipient) {
        Parcel open = byRecipient.get(recipient);
        if (open == null || open.used == Transfer.PLACES) {
            open = new Parcel("tr_" + ids.get());
            byRecipient.put(recipient, open);
        }
        return open;
    }

    private static final class Parcel {

        private final String id;
        private int used;

        Parcel(String id) {
            this.id = id;
        }

        Transfer put(Transfer transfer) {
            return transfer.in(id, used++);
        }
    }
}
