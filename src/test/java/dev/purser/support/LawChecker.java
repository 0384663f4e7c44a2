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
                              from jsonb_array_elements(w.lots::jsonb) lot) as free, h.held
                      from wallets w left join (
                           select wallet_id, sum(amount) as held from holds where state = 'open' group by wallet_id) h
                           on h.wallet_id = w.id
                    where w.held <> coalesce(h.held, 0) or w.balance - w.held <> (
                           select coalesce(sum((lot ->> 'amount')::bigint), 0)
                             from jsonb_array_elements(w.lots::jsonb) lot)"""),
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
            new Law("what is taken from a sender once is then in the post, with its recipient or back, and nowhere else",
                    """
                            with sent as (
                                select transfer_id as id, wallet_id as sender, related_wallet as recipient, -amount as amount
                                  from entries where transfer_id is not null and amount < 0),
                            places as (
                                select transfer_id as id, related_wallet as sender, wallet_id as recipient, amount
                                  from entries where transfer_id is not null and amount > 0 and kind <> 'return'
                                union all
                                select transfer_id, wallet_id, related_wallet, amount
                                  from entries where transfer_id is not null and kind = 'return'
                                union all
                                select id, from_wallet, to_wallet, amount from transfers where in_post)
                            select coalesce(s.id, p.id), count(s.id), count(p.id), max(s.amount), max(p.amount) from sent s
                              full join places p on p.id = s.id and p.sender = s.sender and p.recipient = s.recipient
                                                    and p.amount = s.amount
                             group by coalesce(s.id, p.id) having count(s.id) <> 1 or count(p.id) <> 1"""),
            new Law("from a wallet's last transfer there is a way back to all others", """
                    select * from (
                        select wallet_id, seq, sent_before, transfer_id is not null and amount < 0 as sends,
                               coalesce(max(seq) filter (where transfer_id is not null and amount < 0) over (
                                   partition by wallet_id order by seq
                                   rows between unbounded preceding and 1 preceding), 0) as before from entries) e
                    where sent_before is distinct from case when sends then before end"""),
            new Law("a wallet knows its last transfer", """
                    select * from (
                        select w.id, w.last_sent, coalesce((
                            select max(seq) from entries e
                             where e.wallet_id = w.id and e.transfer_id is not null and e.amount < 0), 0) as last
                          from wallets w) w
                    where last_sent <> last"""),
            new Law("what came back is said to", """
                    select t.id from transfers t where not t.in_post and not exists (
                        select from entries e
                         where e.wallet_id = t.from_wallet and e.transfer_id = t.id and e.kind = 'return')"""),
            new Law("what a creator was sent was earned, once and in full", """
                    select e.wallet_id, e.seq, e.amount, n.tokens, e.transfer_id, n.transfer_id from (
                        select * from entries
                         where kind in ('tip', 'call') and amount > 0 and transfer_id is not null) e
                      full join earnings n on n.wallet_id = e.wallet_id and n.seq = e.seq
                    where e.amount is distinct from n.tokens or e.transfer_id is distinct from n.transfer_id
                       or e.related_wallet is distinct from n.payer or e.kind is distinct from n.kind"""),
            new Law("what was earned adds up", """
                    select * from (
                        select wallet_id, seq, tokens, earned,
                               coalesce(lag(earned) over (partition by wallet_id order by seq), 0) as before
                          from earnings) n
                    where earned < before + tokens
                       or earned > (select w.earned from wallets w where w.id = n.wallet_id)"""),
            new Law("the minutes of a call are charged one by one, and each once",
                    """
                            select h.id, h.details from holds h
                             where h.use = 'call' and (
                                   (h.details ->> 'charged')::bigint <> (
                                       select coalesce(-sum(amount), 0) from entries e
                                        where e.wallet_id = h.wallet_id and e.channel = h.id and e.transfer_id is not null)
                                or (h.details ->> 'begun')::bigint - (
                                       select count(*) from entries e
                                        where e.wallet_id = h.wallet_id and e.channel = h.id and e.transfer_id is not null)
                                   not in (0, 1)
                                or (h.details ->> 'begun')::bigint <> (
                                       select coalesce(max(substring(e.transfer_id from '[0-9]+$')::bigint), 1) from entries e
                                        where e.wallet_id = h.wallet_id and e.channel = h.id and e.transfer_id is not null))"""),
            new Law("what was paid for was brought in, once, with what comes on top and by whoever paid",
                    """
                            select p.payment_intent_id, e.* from payments p
                              full join (
                                   select payment_intent_id, wallet_id,
                                          sum(amount) filter (where kind = 'purchase') as tokens,
                                          coalesce(sum(amount) filter (where kind = 'bonus'), 0) as bonus,
                                          max(related_wallet) as payer
                                     from entries where payment_intent_id is not null and kind in ('purchase', 'bonus')
                                    group by payment_intent_id, wallet_id) e
                                on e.payment_intent_id = p.payment_intent_id and e.wallet_id = p.wallet_id
                            where p.tokens is distinct from e.tokens or p.bonus is distinct from e.bonus
                               or p.payer is distinct from e.payer"""),
            new Law("what is taken back of a payment is what its entries say",
                    """
                            select p.payment_intent_id, p.refunded, p.disputed, e.taken from payments p
                              left join (
                                   select payment_intent_id, wallet_id, sum(debt - amount) as taken
                                     from entries where kind in ('refund', 'dispute', 'reinstatement')
                                    group by payment_intent_id, wallet_id) e
                                on e.payment_intent_id = p.payment_intent_id and e.wallet_id = p.wallet_id
                            where p.refunded + p.disputed - p.forgiven <> coalesce(e.taken, 0)"""),
            new Law("what is taken where it was given on is what the entries there say", """
                    select * from (
                        select payment_intent_id, recipient, giver, sum(taken) as taken from given_on
                         group by payment_intent_id, recipient, giver) g
                      full join (
                        select e.payment_intent_id, e.wallet_id as recipient, e.related_wallet as giver,
                               sum(-amount) as taken, sum(debt) as debt
                          from entries e join payments p on p.payment_intent_id = e.payment_intent_id
                         where e.wallet_id <> p.wallet_id and e.kind in ('refund', 'dispute', 'reinstatement')
                         group by e.payment_intent_id, e.wallet_id, e.related_wallet) e
                        on e.payment_intent_id = g.payment_intent_id and e.recipient = g.recipient
                           and e.giver = g.giver
                    where coalesce(g.taken, 0) <> coalesce(e.taken, 0) or e.debt <> 0"""),
            new Law("what is set aside where it was given on is on hold there", """
                    select * from (select * from given_on where aside > 0) g
                      full join (select *, details ->> 'payment_id' as payment, details ->> 'transfer_id' as transfer
                                   from holds where use = 'given' and state = 'open') h
                        on h.wallet_id = g.recipient and h.payment = g.payment_intent_id and h.transfer = g.transfer_id
                    where g.aside is distinct from h.amount"""),
            new Law("no more is set aside and taken than was given, by whom and to whom it was", """
                    select g.transfer_id, sum(g.aside + g.taken), max(e.amount) from given_on g
                      left join entries e on e.wallet_id = g.giver and e.seq = g.place
                                         and e.transfer_id = g.transfer_id and e.related_wallet = g.recipient
                    group by g.transfer_id
                    having sum(g.aside + g.taken) > coalesce(-max(e.amount), 0) or max(g.amount) <> -max(e.amount)"""),
            new Law("a giver is let off no more than is set aside and taken for it", """
                    select p.payment_intent_id, p.forgiven, g.found from payments p
                      left join (select payment_intent_id, sum(aside + taken) as found from given_on
                                  group by payment_intent_id) g on g.payment_intent_id = p.payment_intent_id
                    where p.forgiven > coalesce(g.found, 0)"""),
            new Law("the steps about what somebody has given on are numbered 1..n without a hole", """
                    select giver, min(step), max(step), count(*) from given_on_steps group by giver
                    having min(step) <> 1 or max(step) <> count(*)"""),
            new Law("a wallet that owes has nothing to spend", """
                    select id, debt, balance, held from wallets where debt > 0 and balance > held"""));

    /** In the end: as large a part of the tokens as of the money has gone back, whatever order that was told in. */
    private static final String NOT_FOLLOWED = """
            with money as (
                select p.payment_intent_id, p.tokens + p.bonus as bought, p.price, p.refunded, p.disputed, p.frozen,
                       greatest(
                           (select coalesce(sum(amount), 0) from refunds r
                             where r.payment_intent_id = p.payment_intent_id and r.state = 'active'),
                           coalesce((select t.amount - (
                                     select coalesce(sum(r.amount), 0) from refunds r
                                      where r.payment_intent_id = p.payment_intent_id and r.state = 'failed'
                                        and r.told_at >= t.told_at)
                               from refund_totals t where t.payment_intent_id = p.payment_intent_id), 0)) as back,
                       (select coalesce(sum(amount) filter (where state in ('withdrawn', 'lost')), 0) from disputes d
                         where d.payment_intent_id = p.payment_intent_id) as charged_back,
                       (select coalesce(sum(amount) filter (where state = 'open'), 0) from disputes d
                         where d.payment_intent_id = p.payment_intent_id) as at_stake
                  from payments p)
            select * from money
             where refunded + disputed <> floor(bought * least(price, least(price, back) + charged_back) / price)
                or refunded <> floor(bought * least(price, back) / price)
                or refunded + disputed + frozen
                   <> floor(bought * least(price, least(price, back) + charged_back + at_stake) / price)""";

    /** In the end: whoever was given something on has lost as much of it as the giver was let off. */
    private static final String NOT_SETTLED = """
            select p.payment_intent_id, p.forgiven, g.taken from payments p
              left join (select payment_intent_id, sum(taken) as taken from given_on group by payment_intent_id) g
                on g.payment_intent_id = p.payment_intent_id
             where p.forgiven <> coalesce(g.taken, 0)""";

    private LawChecker() {
    }

    /** Checks that tokens have followed their money all the way, once all that there is to tell was told. */
    public static void checkMoneyIsFollowed(TestDatabase database) {
        try (Connection connection = database.connect()) {
            assertThat(rows(connection, NOT_FOLLOWED)).as("tokens follow their money").isEmpty();
            assertThat(rows(connection, NOT_SETTLED)).as("givers are let off what is taken of others").isEmpty();
        } catch (SQLException e) {
            throw new AssertionError("Could not check payments", e);
        }
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
                    "select id from transfers where in_post limit 1")
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
