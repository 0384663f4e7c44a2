package dev.purser.payments;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.journal.GivenOnTable;
import dev.purser.journal.GivenOnTable.Account;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Post;
import dev.purser.lane.Wallets;
import dev.purser.payments.MoneyFollower.Followed;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Recovery;
import dev.purser.wallet.Transfer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Follows what was given on, once the giver's own tokens have followed their money. Step by step, as the tables say: each
 * step about what a giver has given on has a number, whatever wallet it is done in, so that of two who find different things
 * to do only one does; the other looks again.
 */
public final class GivenOnFollower {

    private static final Logger LOG = LoggerFactory.getLogger(GivenOnFollower.class);

    /** A delivery must be answered in time; the next one, or the next round, goes on. */
    private static final int MOST_STEPS = 500;
    private static final int MOST_PASSES = 20;
    private static final int PAGE = 500;

    private final GivenOnTable table;
    private final Wallets wallets;
    private final Supplier<String> ids;
    private final GivenOnPolicy policy;
    private final Post post;
    private final Turns turns;

    public GivenOnFollower(Vertx vertx, GivenOnTable table, Wallets wallets, Supplier<String> ids,
            GivenOnPolicy policy) {
        this.table = table;
        this.wallets = wallets;
        this.ids = ids;
        this.policy = policy;
        this.post = new Post(wallets, ids);
        this.turns = new Turns(vertx);
    }

    Future<Followed> follow(String paymentId) {
        return table.giver(paymentId, policy.freeze()).compose(giver -> giver
                .map(this::followAll)
                .orElseGet(() -> Future.succeededFuture(new Followed.Done(false))));
    }

    /**
     * Looks after all that is set aside: a giver may have repaid what it owes, and nobody tells of that.
     *
     * @param owned whether a giver is this node's to look after
     */
    public Future<?> round(Predicate<String> owned) {
        return page("", owned);
    }

    private Future<Void> page(String last, Predicate<String> owned) {
        return table.givers(last, PAGE).compose(givers -> {
            Future<Void> all = Future.succeededFuture();
            for (String giver : givers) {
                all = owned.test(giver) ? all.compose(_ -> followAll(giver).mapEmpty()) : all;
            }
            return all.compose(_ -> givers.size() < PAGE
                    ? Future.succeededFuture()
                    : page(givers.getLast(), owned));
        });
    }

    /** One payment's may leave something to do for another's. */
    private Future<Followed> followAll(String giver) {
        return turns.take(giver, () -> pass(giver, 0, false));
    }

    private Future<Followed> pass(String giver, int passes, boolean moved) {
        if (passes >= MOST_PASSES) {
            return Future.succeededFuture(new Followed.NotNow());
        }
        return table.concerned(giver, policy.freeze()).compose(payments -> {
            Future<Followed> all = Future.succeededFuture(new Followed.Done(false));
            for (String payment : payments) {
                all = all.compose(before -> before instanceof Followed.Done(boolean some)
                        ? follow(payment, 0, some)
                        : Future.succeededFuture(before));
            }
            return all;
        }).compose(followed -> switch (followed) {
            case Followed.Done(boolean some) when some -> pass(giver, passes + 1, true);
            case Followed.Done _ -> Future.succeededFuture(new Followed.Done(moved));
            case Followed.Never _,Followed.NotNow _ -> Future.succeededFuture(followed);
        });
    }

    private Future<Followed> follow(String paymentId, int steps, boolean moved) {
        if (steps >= MOST_STEPS) {
            return Future.succeededFuture(new Followed.NotNow());
        }
        return table.of(paymentId, age()).compose(found -> {
            Optional<GivenOnPlan.Next> next = found.filter(account -> !account.payment().otherCurrencies())
                    .flatMap(GivenOnPlan::next);
            return next.isEmpty()
                    ? Future.succeededFuture(new Followed.Done(moved))
                    : act(next.get(), found.get()).compose(done -> switch (done) {
                        case DONE -> follow(paymentId, steps + 1, true);
                        case LOOK_AGAIN -> follow(paymentId, steps + 1, moved);
                        case NOT_NOW -> Future.<Followed>succeededFuture(new Followed.NotNow());
                    });
        });
    }

    private @Nullable Duration age() {
        return policy.freeze() ? policy.age() : null;
    }

    private enum Acted {
        DONE,
        /** Somebody else has done something else meanwhile. */
        LOOK_AGAIN,
        NOT_NOW
    }

    private Future<Acted> act(GivenOnPlan.Next next, Account account) {
        return switch (next) {
            case GivenOnPlan.Next.Deliver(var transfer, var recovery) -> deliver(transfer, recovery);
            case GivenOnPlan.Next.Recover(var recovery) -> recover(recovery);
            case GivenOnPlan.Next.Forgive(var forgiveness) -> send(account.payment().walletId(),
                    OpKey.ofForgiveness(forgiveness), new Command.Forgive(forgiveness));
        };
    }

    private Future<Acted> send(String walletId, OpKey key, Command command) {
        return wallets.send(new Operation(ids.get(), walletId, key, new Authority.House(), command))
                .map(outcome -> switch (outcome) {
                    case Outcome.Done _ -> Acted.DONE;
                    // Its debt was repaid, or its number was used, just now.
                    case Outcome.Seen _,Outcome.KeyReused _ -> Acted.LOOK_AGAIN;
                    case Outcome.Unavailable(var reason, var _) when reason == Outcome.Reason.REJECTED ->
                        Acted.LOOK_AGAIN;
                    case Outcome.Refused(var refusal, var _) -> {
                        LOG.warn("The wallet {} does not carry out {}: {}", walletId, command, refusal);
                        yield Acted.NOT_NOW;
                    }
                    case Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ -> Acted.NOT_NOW;
                });
    }

    private Future<Acted> recover(Recovery recovery) {
        return send(recovery.before().gift().to(), OpKey.ofRecovery(recovery), new Command.Recover(recovery));
    }

    /** What cannot arrive any more is not there: that is then written, and not looked for again. */
    private Future<Acted> deliver(Transfer transfer, Recovery recovery) {
        return post.deliver(transfer).compose(state -> switch (state) {
            case CREDITED -> Future.succeededFuture(Acted.DONE);
            case UNDELIVERABLE, RETURNED -> recover(recovery);
            case IN_POST -> Future.succeededFuture(Acted.NOT_NOW);
        });
    }
}
