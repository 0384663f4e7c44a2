package dev.purser.journal;

/**
 * The one statement that writes a batch. It comes in four forms, so that a batch without keys or without facts does not
 * pay for them; each form is prepared once for each connection.
 *
 * <p>A wallet is written only while its row still has the version and the epoch that the lane decided on, and only if none
 * of the batch's keys for it was used before. The epoch alone would do as long as every owner claims what it takes over
 * while writes of the one before may still come; the version holds back one that comes later still. Everything else of the
 * batch is inserted for wallets so written and no others, hence {@code written} stands in each part. Answers one row: how
 * many wallets were written, which ones unless it was all of them, and the keys that were taken.
 *
 * <p>{@code written} goes through a hashed {@code in}, not a join: with arrays the planner cannot know how many rows come,
 * and a nested loop over 1,000 entries and 1,000 wallets would be a million steps. For the same reason rows are looked up
 * by {@code = any(array[...])}: for a plain {@code =} the planner may read all of a table that is small just then, and the
 * plan is kept while the table grows. Arrays are unnested in the select list, all in step and without a copy of each.
 */
final class BatchStatement {

    private static final String WALLETS = """
            with want as materialized (
                select unnest($1::text[]) as id, unnest($2::int8[]) as old_version, unnest($3::int8[]) as old_epoch,
                       unnest($4::int8[]) as version, unnest($5::int8[]) as balance, unnest($6::int8[]) as held,
                       unnest($7::int8[]) as debt, unnest($8::text[]) as status, unnest($9::int8[]) as purchased,
                       unnest($10::int8[]) as spent, unnest($11::int8[]) as earned, unnest($12::text[]) as lots,
                       unnest($13::timestamptz[]) as due_at, unnest($14::timestamptz[]) as updated_at
                 where now() < $u::timestamptz
            ), taken as materialized (
            """;

    private static final String NO_KEYS = """
                select ''::text as wallet_id, ''::text as op_key, ''::text as fingerprint, ''::text as reply where false
            """;

    private static final String USED_KEYS = """
                select o.wallet_id, o.op_key, o.fingerprint, o.reply
                  from (select unnest($30::text[]) as wallet_id, unnest($31::text[]) as op_key) as k
                  join operations o on o.wallet_id = any(array[k.wallet_id]) and o.op_key = any(array[k.op_key])
            """;

    private static final String ENTRIES = """
            ), created as (
                insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots,
                                     due_at, updated_at)
                select id, version, 1, balance, held, debt, status, purchased, spent, earned, lots::jsonb, due_at,
                       updated_at
                  from want
                 where old_epoch = 0 and id not in (select wallet_id from taken)
                    on conflict (id) do nothing
                returning id
            ), updated as (
                update wallets w
                   set version = n.version, balance = n.balance, held = n.held, debt = n.debt, status = n.status,
                       purchased = n.purchased, spent = n.spent, earned = n.earned, lots = n.lots::jsonb,
                       due_at = n.due_at, updated_at = n.updated_at
                  from want n
                 where w.id = any(array[n.id]) and w.version = n.old_version and w.epoch = n.old_epoch and n.old_epoch > 0
                   and n.id not in (select wallet_id from taken)
                returning w.id
            ), written as materialized (
                select id from created union all select id from updated
            ), written_entries as (
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, payment_intent_id,
                                     related_wallet, channel, description, metadata, created_at, transfer_id)
                select wallet_id, seq, kind, amount, held, debt, balance_after, op_id, payment_intent_id,
                       related_wallet, channel, description, metadata::jsonb, created_at, transfer_id
                  from (select unnest($15::text[]) as wallet_id, unnest($16::int8[]) as seq, unnest($17::text[]) as kind,
                               unnest($18::int8[]) as amount, unnest($19::int8[]) as held, unnest($20::int8[]) as debt,
                               unnest($21::int8[]) as balance_after, unnest($22::text[]) as op_id,
                               unnest($23::text[]) as payment_intent_id, unnest($24::text[]) as related_wallet,
                               unnest($25::text[]) as channel, unnest($26::text[]) as description,
                               unnest($27::text[]) as metadata, unnest($28::timestamptz[]) as created_at,
                               unnest($29::text[]) as transfer_id) as e
                 where (e.wallet_id in (select id from written)) is true
            """;

    private static final String KEYS = """
            ), written_keys as (
                insert into operations (wallet_id, op_key, fingerprint, op_id, reply, lasting, created_at)
                select wallet_id, op_key, fingerprint, op_id, reply, lasting, created_at
                  from (select unnest($30::text[]) as wallet_id, unnest($31::text[]) as op_key,
                               unnest($32::text[]) as fingerprint, unnest($33::text[]) as op_id,
                               unnest($34::text[]) as reply, unnest($35::bool[]) as lasting,
                               unnest($36::timestamptz[]) as created_at) as k
                 where (k.wallet_id in (select id from written)) is true
            """;

    /**
     * The placeholders of facts follow those of the part before: $n is the holds, $m the audit trail, $s what is put in the
     * post, $r what is taken out of it, by either side. The last is $u.
     */
    private static final String FACTS = """
            ), written_holds as (
                insert into holds as h (wallet_id, id, amount, purpose, lots, expires_at, guarded, state, created_at,
                                        updated_at)
                select wallet_id, id, amount, purpose, lots, expires_at, guarded, state, at, at
                  from jsonb_to_recordset($n::text::jsonb)
                    as f (wallet_id text, id text, amount int8, purpose text, lots jsonb, expires_at timestamptz,
                          guarded bool, state text, at timestamptz)
                 where (f.wallet_id in (select id from written)) is true
                    on conflict (wallet_id, id) do update
                   set amount = excluded.amount, lots = excluded.lots, expires_at = excluded.expires_at,
                       state = excluded.state, updated_at = excluded.updated_at
            ), written_audit as (
                insert into audit (wallet_id, op_id, action, subject, reason, amount, created_at)
                select wallet_id, op_id, action, subject, reason, amount, at
                  from jsonb_to_recordset($m::text::jsonb)
                    as f (wallet_id text, op_id text, action text, subject text, reason text, amount int8,
                          at timestamptz)
                 where (f.wallet_id in (select id from written)) is true
            ), written_transfers as (
                insert into transfers (to_wallet, id, from_wallet, kind, amount, channel, message, lots, created_at)
                select to_wallet, id, from_wallet, kind, amount, channel, message, lots, at
                  from jsonb_to_recordset($s::text::jsonb)
                    as f (to_wallet text, id text, from_wallet text, kind text, amount int8, channel text, message text,
                          lots jsonb, at timestamptz)
                 where (f.from_wallet in (select id from written)) is true
            ), ended_transfers as (
                update transfers t
                   set credited_at = case when f.returned then null else f.at end,
                       returned_at = case when f.returned then f.at end
                  from jsonb_to_recordset($r::text::jsonb)
                    as f (wallet_id text, to_wallet text, id text, returned bool, at timestamptz)
                 where t.to_wallet = any(array[f.to_wallet]) and t.id = any(array[f.id])
                   and (f.wallet_id in (select id from written)) is true
            """;

    private static final String ANSWER = """
            )
            select (select count(*) from written) as written, now() >= $u::timestamptz as late,
                   case when (select count(*) from written) < cardinality($1)
                        then array(select id from written) end as written_ids,
                   array(select wallet_id from taken) as taken_wallets,
                   array(select op_key from taken) as taken_keys,
                   array(select fingerprint from taken) as taken_fingerprints,
                   array(select reply from taken) as taken_replies""";

    private static final String PLAIN = sql(false, false);
    private static final String KEYED = sql(true, false);
    private static final String WITH_FACTS = sql(false, true);
    private static final String KEYED_WITH_FACTS = sql(true, true);

    private BatchStatement() {
    }

    static String of(boolean keys, boolean facts) {
        if (keys) {
            return facts ? KEYED_WITH_FACTS : KEYED;
        }
        return facts ? WITH_FACTS : PLAIN;
    }

    private static String sql(boolean keys, boolean facts) {
        int parameters = keys ? 36 : 29;
        int last = parameters + (facts ? 5 : 1);
        String factsPart = FACTS.replace("$n", "$" + (parameters + 1)).replace("$m", "$" + (parameters + 2))
                .replace("$s", "$" + (parameters + 3)).replace("$r", "$" + (parameters + 4));
        return (WALLETS + (keys ? USED_KEYS : NO_KEYS) + ENTRIES + (keys ? KEYS : "") + (facts ? factsPart : "")
                + ANSWER).replace("$u", "$" + last);
    }
}
