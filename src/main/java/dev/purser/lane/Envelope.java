package dev.purser.lane;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Transfer;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** An operation in the lane's care, until it is answered: which happens exactly once. */
final class Envelope {

    private static final Logger LOG = LoggerFactory.getLogger(Envelope.class);

    /** What an operation weighs beside the text that it carries. */
    private static final int BASE_WEIGHT = 512;
    private static final int LOT_WEIGHT = 64;

    private final Operation operation;
    private final Instant arrived;
    private final int weight;
    private final Promise<Outcome> answer = Promise.promise();
    /** Its wallet, as it was found last. */
    private @Nullable Actor actor;

    /** The place in the order in which the lane took it in. */
    private long number;
    /** How often it was decided in vain. */
    private int attempts;
    /** Whether it goes into a commit without others of its wallet, because one of them may be poison. */
    private boolean alone;
    /** What was left of the rate limit when it was let through; it is charged once, however often it is decided. */
    private @Nullable Quota quota;
    private boolean charged;

    Envelope(Operation operation, Instant arrived) {
        this.operation = operation;
        this.arrived = arrived;
        this.weight = weigh(operation);
    }

    Operation operation() {
        return operation;
    }

    String walletId() {
        return operation.walletId();
    }

    Instant arrived() {
        return arrived;
    }

    @Nullable
    Actor actor() {
        return actor;
    }

    void setActor(Actor found) {
        actor = found;
    }

    int weight() {
        return weight;
    }

    Future<Outcome> future() {
        return answer.future();
    }

    /** Whoever waits is called from within; what goes wrong there must not disturb the lane. */
    void answer(Outcome outcome) {
        try {
            answer.complete(outcome);
        } catch (RuntimeException bug) {
            LOG.error("Expected to answer an operation on wallet {}, but whoever asked failed", walletId(), bug);
        }
    }

    long number() {
        return number;
    }

    void setNumber(long admitted) {
        number = admitted;
    }

    int countAttempt() {
        return ++attempts;
    }

    boolean isAlone() {
        return alone;
    }

    void setAlone() {
        alone = true;
    }

    boolean isCharged() {
        return charged;
    }

    @Nullable
    Quota quota() {
        return quota;
    }

    void charge(@Nullable Quota left) {
        quota = left;
        charged = true;
    }

    private static int weigh(Operation operation) {
        int text = operation.key() == null ? 0 : operation.key().text().length();
        return BASE_WEIGHT + text + switch (operation.command()) {
            case Command.Credit credit -> weigh(credit.memo());
            case Command.Purchase purchase -> purchase.payment().id().length();
            case Command.Spend spend -> weigh(spend.memo());
            case Command.SettleHold settle -> weigh(settle.memo());
            case Command.ReleaseHold release -> weigh(release.memo());
            case Command.Reverse(var reversal) -> LOT_WEIGHT * reversal.before().lots().size();
            case Command.Forgive(var forgiveness) -> LOT_WEIGHT * forgiveness.before().lots().size();
            case Command.Recover(var recovery) -> recovery.before().gift().transferId().length();
            case Command.Adjust adjust -> adjust.reason().length();
            case Command.Freeze freeze -> freeze.reason().length();
            case Command.Unfreeze unfreeze -> unfreeze.reason().length();
            case Command.Close close -> close.reason().length();
            case Command.Send send -> weigh(send.transfer());
            case Command.Receive receive -> weigh(receive.transfer());
            case Command.TakeBack takeBack -> weigh(takeBack.transfer());
            case Command.ApprovePayout approve -> approve.reference().length();
            case Command.RejectPayout reject -> reject.reason().length();
            case Command.OpenHold _,Command.ExtendHold _,Command.StartCall _,Command.RenewCall _,Command.EndCall _,Command.RequestPayout _,Command.ExpireDue _,Command.Look _ ->
                0;
        };
    }

    private static int weigh(Transfer transfer) {
        return transfer.message() == null ? 0 : transfer.message().length();
    }

    static int weigh(Memo memo) {
        return (memo.description() == null ? 0 : memo.description().length())
                + (memo.metadata() == null ? 0 : memo.metadata().length());
    }
}
