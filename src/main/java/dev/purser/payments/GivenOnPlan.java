package dev.purser.payments;

import java.util.List;
import java.util.Optional;

import dev.purser.journal.GivenOnTable.Account;
import dev.purser.journal.GivenOnTable.Gift;
import dev.purser.wallet.Forgiveness;
import dev.purser.wallet.Recovered;
import dev.purser.wallet.Recovery;
import dev.purser.wallet.TakenBack;
import dev.purser.wallet.Transfer;

/**
 * What is left to do about what was given on by one whose payment went back, or may. As much as the giver cannot cover is
 * set aside where it went, the latest first. As soon as it is sure that the giver would owe it however all disputes end, the
 * giver is let off, and what was set aside is taken for it; it is given back when the money comes back.
 */
final class GivenOnPlan {

    /** One thing to do. */
    sealed interface Next {

        /** It has to arrive first, if it can. */
        record Deliver(Transfer transfer, Recovery recovery) implements Next {
        }

        record Recover(Recovery recovery) implements Next {
        }

        record Forgive(Forgiveness forgiveness) implements Next {
        }
    }

    private final Account account;
    private final TakenBack takenBack;
    private final List<Gift> gifts;
    private final long[] aside;
    private final long[] taken;

    private GivenOnPlan(Account account) {
        this.account = account;
        this.takenBack = account.payment().takenBack();
        this.gifts = account.gifts();
        this.aside = gifts.stream().mapToLong(gift -> gift.now().aside()).toArray();
        this.taken = gifts.stream().mapToLong(gift -> gift.now().taken()).toArray();
    }

    static Optional<Next> next(Account account) {
        return new GivenOnPlan(account).next();
    }

    private Optional<Next> next() {
        long beyondReach = takenBack.forgiven() - sum(taken) - sum(aside);
        if (beyondReach > 0) {
            return forgive(-beyondReach);
        }
        settle();
        setAside();
        for (int i = 0; i < gifts.size(); i++) {
            Gift gift = gifts.get(i);
            Recovered now = gift.now();
            if (aside[i] != now.aside() || taken[i] != now.taken()) {
                Recovery recovery = new Recovery(now, account.steps() + 1, aside[i], taken[i],
                        takenBack.disputed() > 0 || takenBack.frozen() > 0, account.payment().nextStep());
                return Optional.of(gift.inPost() == null
                        ? new Next.Recover(recovery)
                        : new Next.Deliver(gift.inPost(), recovery));
            }
        }
        long more = Math.max(-takenBack.forgiven(), owed() - undecided());
        return forgive(Math.min(more, sum(aside)));
    }

    private Optional<Next> forgive(long more) {
        return more == 0
                ? Optional.empty()
                : Optional.of(new Next.Forgive(new Forgiveness(account.payment().paymentId(), takenBack, more,
                        account.steps() + 1, account.payment().nextStep())));
    }

    /** As much is taken as the giver was let off: the latest first, and of what was set aside only. */
    private void settle() {
        long missing = takenBack.forgiven() - sum(taken);
        for (int i = 0; i < taken.length && missing > 0; i++) {
            long more = Math.min(missing, aside[i]);
            taken[i] += more;
            aside[i] -= more;
            missing -= more;
        }
        for (int i = taken.length - 1; i >= 0 && missing < 0; i--) {
            long less = Math.min(-missing, taken[i]);
            taken[i] -= less;
            missing += less;
        }
    }

    private void setAside() {
        long missing = account.undecided()
                ? Math.addExact(owed(), Math.max(0, takenBack.frozen() - account.aside()))
                : 0;
        for (int i = 0; i < aside.length; i++) {
            Gift gift = gifts.get(i);
            long room = Math.min(gift.now().room(), gift.now().gift().amount() - gift.others()) - taken[i];
            aside[i] = Math.clamp(missing, 0, Math.max(0, room));
            missing -= aside[i];
        }
    }

    /** What the giver owes for this payment: what has come in since has repaid what earlier ones left first. */
    private long owed() {
        return Math.clamp(account.debt() - account.laterDebts(), 0, takenBack.owed());
    }

    /** How many of the tokens come back if all disputes end well. */
    private long undecided() {
        return Math.max(0,
                takenBack.tokens() - MoneyBackRules.forGood(account.payment(), account.lost()));
    }

    private static long sum(long... amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum = Math.addExact(sum, amount);
        }
        return sum;
    }
}
