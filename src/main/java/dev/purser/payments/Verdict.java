package dev.purser.payments;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.MoneyBack;
import dev.purser.wallet.Payment;

/** What an event comes to. */
sealed interface Verdict {

    /** It was paid for: these tokens are to be brought into that wallet. */
    record Credit(String walletId, Payment payment) implements Verdict {
    }

    /** A payment stands otherwise than before; nothing is to be credited. */
    record Note(String paymentId, String status) implements Verdict {
    }

    /** A payment of somebody's was declined. */
    record Declined(Note note, String payer) implements Verdict {
    }

    /**
     * A checkout stands otherwise than before.
     *
     * @param paymentId what it is paid by, if that is known
     * @param credit what is to be credited for it, if it is paid
     */
    record Checkout(String id, String status, @Nullable String paymentId, @Nullable Credit credit) implements Verdict {
    }

    /** Money went back to whoever paid, or did not after all: the tokens are to follow it. */
    record MoneyWentBack(MoneyBack told) implements Verdict {
    }

    /** The provider warns of a payment: it may be fraud. */
    record Warned(String paymentId) implements Verdict {
    }

    /** There is nothing to do. */
    record Ignore() implements Verdict {
    }

    /** Something is not as it should be: nothing is credited, and a person has to look at it. */
    record Park(String reason) implements Verdict {
    }
}
