package dev.purser.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What the tables say happened: every entry, and every key that a client used. */
public record Ledger(List<Line> lines, List<Key> keys) {

    /** What the sandbox gives its demo users was asked for by no client. */
    private static final String LINES = """
            select wallet_id, seq, kind, amount, held, balance_after, op_id, description,
                   payment_intent_id is not null or kind = 'debt_repayment' as follows_money from entries e
            where not exists (select from operations o
                               where o.wallet_id = e.wallet_id and o.op_id = e.op_id and o.op_key like 'sandbox:%')
            order by wallet_id, seq""";
    private static final String KEYS = """
            select wallet_id, substring(op_key from '^client:[^/]*/(.*)$') as key, op_id from operations
            where op_key like 'client:%'""";

    /**
     * An entry.
     *
     * @param tag what the client called it
     * @param followsMoney whether it is there because of a payment or of what is owed, and not because a client asked for it
     */
    public record Line(String wallet, long seq, String kind, long amount, long held, long balanceAfter,
            String operationId, @Nullable String tag, boolean followsMoney) {

        /** Whether it is the other end of what was asked for at another wallet. */
        boolean isArrival() {
            return kind.equals(Intent.Kind.GIFT.entry()) && amount > 0;
        }
    }

    /** A client's key, and the operation that it stands for. */
    public record Key(String wallet, String key, String operationId) {
    }

    /** What it says of these wallets. */
    Ledger of(Set<String> wallets) {
        return new Ledger(lines.stream().filter(line -> wallets.contains(line.wallet())).toList(),
                keys.stream().filter(key -> wallets.contains(key.wallet())).toList());
    }

    /** All that the tables of this database say. */
    public static Ledger read(TestDatabase database) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            List<Line> lines = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(LINES)) {
                while (row.next()) {
                    lines.add(new Line(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4),
                            row.getLong(5), row.getLong(6), row.getString(7), row.getString(8), row.getBoolean(9)));
                }
            }
            List<Key> keys = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(KEYS)) {
                while (row.next()) {
                    keys.add(new Key(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return new Ledger(lines, keys);
        } catch (SQLException e) {
            throw new AssertionError("Could not read the ledger", e);
        }
    }
}
