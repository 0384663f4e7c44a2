package dev.purser.api;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.StoredReply;
import dev.purser.lane.Wallets;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** Wallets in memory that are decided by the real rules, know keys, and leave in the tables what reports read. */
final class TestWallets implements Wallets {

    private final TestDatabase database;
    private final Map<String, Wallet> wallets = new HashMap<>();
    private final Map<String, StoredReply> replies = new HashMap<>();
    private @Nullable Future<Outcome> next;
    private Function<Operation, @Nullable Future<Outcome>> answers = operation -> null;

    TestWallets(TestDatabase database) {
        this.database = database;
    }

    /** Answers the next operation, whatever it is. */
    synchronized void answerNext(Future<Outcome> outcome) {
        next = outcome;
    }

    /** Answers from now on those operations for which there is an answer. */
    synchronized void answerWith(Function<Operation, @Nullable Future<Outcome>> some) {
        answers = some;
    }

    /** Whether there was an operation to answer so. */
    synchronized boolean tookNext() {
        return next == null;
    }

    @Override
    public synchronized Future<Outcome> send(Operation operation) {
        Future<Outcome> prepared = next == null ? answers.apply(operation) : next;
        next = null;
        return prepared != null ? prepared : Future.succeededFuture(decide(operation));
    }

    private Outcome decide(Operation operation) {
        if (!operation.by().allows(operation.command(), operation.walletId())) {
            // Asked before the key is, as a lane does.
            return new Outcome.Refused(new Refusal.NotAllowed(), null);
        }
        OpKey key = operation.key();
        StoredReply stored = key == null ? null : replies.get(operation.walletId() + " " + key.text());
        if (key != null && stored != null) {
            return stored.fingerprint().equals(key.fingerprint())
                    ? new Outcome.Done(stored.receipt(), true, null)
                    : new Outcome.KeyReused();
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Wallet wallet = wallets.getOrDefault(operation.walletId(), Wallet.empty(operation.walletId()));
        if (Rules.decide(wallet, new Command.ExpireDue(), new Authority.House(),
                now) instanceof Decision.Accepted due) {
            wallet = accept(operation, due);
        }
        return switch (Rules.decide(wallet, operation.command(), operation.by(), now)) {
            case Decision.Accepted accepted -> {
                Wallet after = accept(operation, accepted);
                if (key != null) {
                    replies.put(after.id() + " " + key.text(), new StoredReply(key.fingerprint(), accepted.receipt()));
                }
                yield new Outcome.Done(accepted.receipt(), false, null);
            }
            case Decision.Unchanged() -> new Outcome.Seen(wallet, null);
            case Decision.Refused(var refusal) -> new Outcome.Refused(refusal, null);
        };
    }

    private Wallet accept(Operation operation, Decision.Accepted accepted) {
        wallets.put(accepted.after().id(), accepted.after());
        try (Connection connection = database.connect()) {
            store(connection, accepted.after());
            for (Entry entry : accepted.receipt().entries()) {
                store(connection, operation, entry);
            }
            for (Fact fact : accepted.facts()) {
                store(connection, operation, fact);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return accepted.after();
    }

    private static void store(Connection connection, Wallet wallet) throws SQLException {
        execute(connection, """
                insert into wallets values (?, ?, 1, ?, ?, ?, ?, 0, 0, 0, '[]', null, ?)
                on conflict (id) do update set version = excluded.version, balance = excluded.balance,
                held = excluded.held, debt = excluded.debt, status = excluded.status, updated_at = excluded.updated_at
                """, wallet.id(), wallet.version(), wallet.balance(), wallet.held(), wallet.debt(),
                wallet.status().text(), wallet.updatedAt());
    }

    private static void store(Connection connection, Operation operation, Entry entry) throws SQLException {
        execute(connection, """
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, description,
                metadata, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                """, operation.walletId(), entry.seq(), entry.kind().text(), entry.amount(), entry.held(),
                entry.debt(), entry.balanceAfter(), operation.id(), entry.memo().description(),
                entry.memo().metadata(), entry.at());
    }

    private static void store(Connection connection, Operation operation, Fact fact) throws SQLException {
        switch (fact) {
            case Fact.HoldChanged(var hold, var state) -> execute(connection, """
                    insert into holds values (?, ?, ?, ?, '[]', ?, false, ?, now(), now())
                    on conflict (wallet_id, id) do update set state = excluded.state
                    """, operation.walletId(), hold.id(), hold.amount(), hold.purpose(), hold.expiresAt(),
                    state.name().toLowerCase(Locale.ROOT));
            case Fact.Audited(var action, var by, var reason, long amount) ->
                execute(connection, "insert into audit values (?, ?, ?, ?, ?, ?, now())", operation.walletId(),
                        operation.id(), action, by, reason, amount);
            case Fact.Sent _,Fact.Received _,Fact.Returned _ -> {
                // Who delivers what is in the post is not the API's business.
            }
        }
    }

    private static void execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1,
                        values[i] instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : values[i]);
            }
            statement.executeUpdate();
        }
    }
}
