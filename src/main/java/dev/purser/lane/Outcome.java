package dev.purser.lane;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Wallet;

/** What became of an operation. */
public sealed interface Outcome {

    /** Carried out and durable; {@code replayed} when that was so before this call came. */
    record Done(Receipt receipt, boolean replayed, @Nullable Quota quota) implements Outcome {
    }

    /** The answer to a look, or to a command that had nothing to do. */
    record Seen(Wallet wallet, @Nullable Quota quota) implements Outcome {
    }

    /** Not carried out, by the rules. */
    record Refused(Refusal refusal, @Nullable Quota quota) implements Outcome {
    }

    /** Its key belongs to another request. */
    record KeyReused() implements Outcome {
    }

    /** The first operation with its key is still under way. */
    record KeyBusy() implements Outcome {
    }

    /** Over the wallet's rate limit. */
    record Limited(Quota quota) implements Outcome {
    }

    /** This node does not own the wallet; ask again where it went. Nothing was done. */
    record Moved() implements Outcome {
    }

    /** Not answered, for no fault of the caller's. */
    record Unavailable(Reason reason, int retryAfterSeconds) implements Outcome {
    }

    /** Why an operation was not answered, and whether it may have been carried out all the same. */
    enum Reason {
        /** Too much waits already. */
        OVERLOADED(false),
        /** The wallet has no owner for the moment. */
        NO_OWNER(false),
        /** This node is about to leave. */
        DRAINING(false),
        /** The database does not answer. */
        DATABASE_UNAVAILABLE(false),
        /** Another owner kept getting in the way. */
        CONTENDED(false),
        /** The database will not store it. */
        REJECTED(false),
        /** No answer came in time. */
        TIMED_OUT(true);

        private final boolean outcomeUnknown;

        Reason(boolean outcomeUnknown) {
            this.outcomeUnknown = outcomeUnknown;
        }

        public boolean outcomeUnknown() {
            return outcomeUnknown;
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
