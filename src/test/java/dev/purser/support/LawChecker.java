package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves the laws of the ledger from the tables alone, and from what the clients saw. It knows nothing of the service and
 * shares no code with it.
 */
public final class LawChecker {

    /** Each query names what breaks a law; a sound ledger answers none. */
    private static final List<Law> LAWS = List.of(
            new Law("entries are numbered 1..n without a hole", """
                    select wallet_id, min(seq), max(seq), count(*) from entries group by wallet_id
                    having min(seq) <> 1 or max(seq) <> count(*)"""),
            new Law("each entry carries the balance after it", """
                    select wallet_id, seq, balance_after, total from (
                        select wallet_id, seq, balance_after,
                               sum(amount) over (partition by wallet_id order by seq) as total from entries) e
                    where balance_after <> total"""),
            new Law("a wallet equals its last entry and the sums of its entries", """
                    select w.id, w.version, w.balance, w.held, w.debt, e.* from wallets w
                      left join (select wallet_id, max(seq) as seq, sum(amount) as amount, sum(held) as held,
                                        sum(debt) as debt from entries group by wallet_id) e on e.wallet_id = w.id
                    where w.version <> coalesce(e.seq, 0) or w.balance <> coalesce(e.amount, 0)
                       or w.held <> coalesce(e.held, 0) or w.debt <> coalesce(e.debt, 0)"""),
            new Law("no entry without a wallet", """
                    select distinct wallet_id from entries e where not exists (
                        select from wallets w where w.id = e.wallet_id)"""),
            new Law("never negative at any entry", """
                    select * from (
                        select wallet_id, seq, balance_after,
                               sum(held) over (partition by wallet_id order by seq) as held,
                               sum(debt) over (partition by wallet_id order by seq) as debt from entries) e
                    where balance_after < 0 or held < 0 or held > balance_after or debt < 0"""),
            new Law("the lots and the open holds are the balance", """
                    select w.id, w.balance, w.held,
                           (select coalesce(sum((lot ->> 'amount')::bigint), 0)
                              from jsonb_array_elements(w.lots) lot) as free, h.held
                      from wallets w left join (
                           select wallet_id, sum(amount) as held from holds where state = 'open' group by wallet_id) h
                           on h.wallet_id = w.id
                    where w.held <> coalesce(h.held, 0) or w.balance - w.held <> (
                           select coalesce(sum((lot ->> 'amount')::bigint), 0)
                             from jsonb_array_elements(w.lots) lot)"""),
            new Law("an operation belongs to one wallet and one run of entries", """
                    select op_id, count(distinct wallet_id), max(seq) - min(seq) + 1, count(*) from entries
                    group by op_id having count(distinct wallet_id) > 1 or max(seq) - min(seq) + 1 <> count(*)"""),
            new Law("a key stands for one operation that was carried out", """
                    select o.wallet_id, o.op_key, o.op_id from operations o where not exists (
                        select from entries e where e.wallet_id = o.wallet_id and e.op_id = o.op_id)"""),
            new Law("the times of a wallet's entries never go back", """
                    select * from (
                        select wallet_id, seq, created_at,
                               lag(created_at) over (partition by wallet_id order by seq) as before from entries) e
                    where created_at < before"""),
            new Law("a transfer is taken from its sender once, credited or returned once if it is said to be, and else not",
                    """
                            with lines as (
                                select wallet_id, transfer_id, count(*) filter (where amount < 0) as sent,
                                       count(*) filter (where amount > 0 and kind <> 'return') as received,
                                       count(*) filter (where kind = 'return') as returned, max(abs(amount)) as most,
                                       min(abs(amount)) as least
                                  from entries where transfer_id is not null group by wallet_id, transfer_id)
                            select t.*, s.*, r.* from transfers t
                              left join lines s on s.wallet_id = t.from_wallet and s.transfer_id = t.id
                              left join lines r on r.wallet_id = t.to_wallet and r.transfer_id = t.id
                            where coalesce(s.sent, 0) <> 1 or coalesce(s.received, 0) <> 0
                               or coalesce(s.returned, 0) <> (t.returned_at is not null)::int
                               or coalesce(r.received, 0) <> (t.credited_at is not null)::int
                               or coalesce(r.sent, 0) <> 0 or coalesce(r.returned, 0) <> 0
                               or s.most <> t.amount or s.least <> t.amount or r.most <> t.amount or r.least <> t.amount"""),
            new Law("no entry of a transfer that there is not", """
                    select e.wallet_id, e.seq, e.transfer_id from entries e
                      left join transfers t on t.id = e.transfer_id and e.wallet_id in (t.from_wallet, t.to_wallet)
                    where e.transfer_id is not null and t.id is null"""),
            new Law("a wallet that owes has nothing to spend", """
                    select id, debt, balance, held from wallets where debt > 0 and balance > held"""));

    private LawChecker() {
    }

    /** Checks the tables. */
    public static void check(TestDatabase database) {
        try (Connection connection = database.connect()) {
            for (Law law : LAWS) {
                assertThat(rows(connection, law.violations())).as(law.name()).isEmpty();
            }
        } catch (SQLException e) {
            throw new AssertionError("Could not check the laws", e);
        }
    }

    /** Whether all that was sent has arrived or come back. */
    public static boolean isPostEmpty(TestDatabase database) {
        try (Connection connection = database.connect()) {
            return rows(connection,
                    "select id from transfers where credited_at is null and returned_at is null limit 1")
                    .isEmpty();
        } catch (SQLException e) {
            throw new AssertionError("Could not look into the post", e);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getMetaData().getColumnName(i) + "=" + result.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    private record Law(String name, String violations) {
    }
}
