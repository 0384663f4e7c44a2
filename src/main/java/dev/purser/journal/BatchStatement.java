package dev.purser.journal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The one statement that writes a batch. It comes in several forms, so that a batch does not pay for what it has not; each
 * form is prepared once for each connection.
 *
 * <p>A wallet is written only while its row still has the version and the epoch that the lane decided on, and only if none
 * of the batch's keys for it was used before, none of the transfers that it takes in was taken in before, and nobody has
 * looked at a payment's money since a step about it was decided on. The epoch alone
 * would do as long as every owner claims what it takes over while writes of the one before may still come; the version
 * holds back one that comes later still. Everything else of the batch is inserted for wallets so written and no others,
 * hence {@code written} stands in each part. Answers one row: how many wallets were written, which ones unless it was all
 * of them, the keys that were taken, and the first operation, by which the batch knows the answer for its own.
 *
 * <p>{@code written} goes through a hashed {@code in}, not a join: with arrays the planner cannot know how many rows come,
 * and a nested loop over 1,000 entries and 1,000 wallets would be a million steps. For the same reason rows are looked up
 * by {@code = any(array[...])}: for a plain {@code =} the planner may read all of a table that is small just then, and the
 * plan is kept while the table grows. Arrays are unnested in the select list, all in step and without a copy of each.
 */
final class BatchStatement {

    /** Values that all forms have: of wallets and of entries. Those of the other parts follow in the order of the parts. */
    private static final int ALWAYS = 12;

    private static final String WALLETS = """
            with want as $wanted (
                select $wallet($1 text) as id, $wallet($2 int8) as old_version, $wallet($3 int8) as old_epoch,
                       $wallet($4 int8) as version, $wallet($5 int8) as balance, $wallet($6 int8) as spent,
                       $wallet($7 text) as lots, $wallet($8 timestamptz) as due_at, $rest$ofSenders
                 where now() < $until::timestamptz
            """;

    private static final String WALLETS_OF_SPENDS = """
            $12::timestamptz as updated_at""";

    private static final String WALLETS_OF_VARIOUS = """
            $wallet($V1 int8) as held, $wallet($V2 int8) as debt, $wallet($V3 text) as status,
                       $wallet($V4 int8) as purchased, $wallet($V5 int8) as earned, $wallet($V6 int8) as granted,
                       $wallet($V7 timestamptz) as updated_at""";

    /** What is said of a wallet, and what of an entry: of several by an array, of one by a bare value. */
    private static final Pattern OF_WALLET = Pattern.compile("\\$wallet\\((\\S+) (\\w+)\\)");
    private static final Pattern OF_ENTRY = Pattern.compile("\\$entry\\((\\S+) (\\w+)\\)");
    private static final String ONE = "$1::$2";
    private static final String SEVERAL = "unnest($1::$2[])";

    private static final String LINES = """
            ), lines as $kept (
                select $owner as wallet_id, $seq as seq, $balance as balance_after, $entry($9 int8) as amount,
                       $entry($10 text) as op_id, $rest$ofMemos$ofTransfers
            """;

    private static final String LINES_OF_SPENDS = """
            $11::text as kind, $12::timestamptz as created_at, 0::int8 as held, 0::int8 as debt""";

    private static final String LINES_OF_VARIOUS = """
            $entry($11 text) as kind, $entry($12 timestamptz) as created_at,
                       $entry($V8 int8) as held, $entry($V9 int8) as debt""";

    private static final String LINES_OF_MEMOS = """
            ,
                       $entry($M1 text) as payment_intent_id, $entry($M2 text) as related_wallet,
                       $entry($M3 text) as channel, $entry($M4 text) as description, $entry($M5 text) as metadata""";

    private static final String LINES_OF_TRANSFERS = """
            ,
                       $entry($T1 text) as transfer_id, $entry($T2 text) as lots, $entry($T3 int8) as cents,
                       $entry($T4 int8) as earned, $entry($T5 int8) as sent_before,
                       $entry($T7 text) as parcel, $entry($T8 int4) as place""";

    private static final String OF_SENDERS = ", $wallet($T6 int8) as last_sent";

    private static final String TAKEN = """
            ), taken as materialized (
                select ''::text as wallet_id, ''::text as op_key, ''::text as fingerprint, ''::text as reply where false
            """;

    private static final String USED_KEYS = """
                union all
                select o.wallet_id, o.op_key, o.fingerprint, o.reply
                  from (select unnest($K1::text[]) as wallet_id, unnest($K2::text[]) as op_key) as k
                  join operations o on o.wallet_id = any(array[k.wallet_id]) and o.op_key = any(array[k.op_key])
            """;

    private static final String NEW_WALLETS = """
            ), created as (
                insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots,
                                     due_at, updated_at, granted$lastSent)
                select id, version, 1, balance, held, debt, status, purchased, spent, earned, lots, due_at,
                       updated_at, granted$lastSent
                  from want n
                 where old_epoch = 0$andNotTaken
                    on conflict (id) do nothing
                returning id
            """;

    private static final String KNOWN_WALLETS = """
            ), $updated as (
                update wallets w
                   set version = n.version, balance = n.balance, spent = n.spent, lots = n.lots, due_at = n.due_at,
                       updated_at = n.updated_at$setRest$isLastSent
                  from want n
                 where w.id = any(array[n.id]) and w.version = n.old_version and w.epoch = n.old_epoch$andNotTaken
                returning w.id
            """;

    private static final String SET_VARIOUS = """
            , held = n.held, debt = n.debt, status = n.status, purchased = n.purchased, earned = n.earned,
                       granted = n.granted""";

    private static final String BOTH = """
            ), written as materialized (
                select id from created union all select id from updated
            """;

    /** Almost always all of them are written: then it is not asked of each row again whether its wallet is. */
    private static final String OUTCOME = """
            ), outcome as materialized (
                select count(*) as written, count(*) = $wallets as whole from written
            """;
    private static final Pattern IS_WRITTEN = Pattern.compile("\\$isWritten\\(([\\w.]+)\\)");
    private static final String WHOLE = "(select whole from outcome)";
    private static final String WHOLE_OR_WRITTEN = "((select whole from outcome) or $1 in (select id from written))";

    private static final String AND_NOT_TAKEN = " and n.id not in (select wallet_id from taken)";

    private static final String ENTRIES = """
            ), written_entries as (
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at$more)
                select wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at$castMore
                  from lines
                 where $isWritten(wallet_id)
            """;

    private static final String OF_MEMOS = ", payment_intent_id, related_wallet, channel, description, metadata";
    private static final String OF_TRANSFERS = ", transfer_id, cents, earned, sent_before";

    private static final String KEYS = """
            ), written_keys as (
                insert into operations (wallet_id, op_key, fingerprint, op_id, reply, lasting, created_at)
                select wallet_id, op_key, fingerprint, op_id, reply, lasting, created_at
                  from (select unnest($K1::text[]) as wallet_id, unnest($K2::text[]) as op_key,
                               unnest($K3::text[]) as fingerprint, unnest($K4::text[]) as op_id,
                               unnest($K5::text[]) as reply, unnest($K6::bool[]) as lasting,
                               unnest($K7::timestamptz[]) as created_at) as k
                 where $isWritten(k.wallet_id)
            """;

    private static final String HOLDS_AND_AUDIT = """
            ), written_holds as (
                insert into holds as h (wallet_id, id, amount, purpose, lots, expires_at, guarded, state, created_at,
                                        updated_at, use, details)
                select wallet_id, id, amount, purpose, lots, expires_at, guarded, state, at, at, use, details
                  from jsonb_to_recordset($H1::text::jsonb)
                    as f (wallet_id text, id text, amount int8, purpose text, lots jsonb, expires_at timestamptz,
                          guarded bool, state text, at timestamptz, use text, details jsonb)
                 where $isWritten(f.wallet_id)
                    on conflict (wallet_id, id) do update
                   set amount = excluded.amount, lots = excluded.lots, expires_at = excluded.expires_at,
                       state = excluded.state, updated_at = excluded.updated_at, details = excluded.details
            ), written_audit as (
                insert into audit (wallet_id, op_id, action, subject, reason, amount, created_at)
                select wallet_id, op_id, action, subject, reason, amount, at
                  from jsonb_to_recordset($H2::text::jsonb)
                    as f (wallet_id text, op_id text, action text, subject text, reason text, amount int8,
                          at timestamptz)
                 where $isWritten(f.wallet_id)
            """;

    private static final String ANSWER = """
            )
            select written, now() >= $until::timestamptz as late, $firstOperation as first_operation,
                   case when not whole then array(select id from written) end as written_ids, $answer
              from outcome""";

    private static final String NONE_TAKEN = """
            null::text[] as taken_wallets, null::text[] as taken_keys, null::text[] as taken_fingerprints,
                   null::text[] as taken_replies""";

    private static final String SOME_TAKEN = """
            array(select wallet_id from taken) as taken_wallets,
                   array(select op_key from taken) as taken_keys,
                   array(select fingerprint from taken) as taken_fingerprints,
                   array(select reply from taken) as taken_replies""";

    /** What a batch may have beside one spend of one known wallet, in the order in which the values follow. */
    enum Part {
        SEVERAL_WALLETS(0, ""),
        /** A wallet with more entries than one. Else an entry has the number and the balance that its wallet has after it. */
        SEVERAL_ENTRIES(2, "$E"),
        /** Whose each entry is, when there are both {@link #SEVERAL_WALLETS} and {@link #SEVERAL_ENTRIES}. */
        OWNERS(1, "$O"),
        /** Entries of various kinds or times, or that change more of a wallet than what it has and has spent. */
        VARIOUS(9, "$V"),
        /** Wallets that have no row yet; always together with {@link #VARIOUS}. */
        NEW_WALLETS(0, ""),
        /** Entries that say more than how much. */
        MEMOS(5, "$M"),
        /** Tokens that are sent or taken in; always together with {@link #MEMOS}, which say to whom. */
        TRANSFERS(11, "$T"),
        /** Tokens that come back to who sent them; always together with {@link #TRANSFERS}. */
        RETURNS(5, "$R"),
        KEYS(7, "$K"),
        /** To look for the {@link #KEYS} beforehand; without it one that was used makes the whole statement fail, on purpose. */
        USED_KEYS(0, ""),
        /** Payments that are credited. */
        PAYMENTS(1, "$P"),
        /** What is taken back of what payments have bought; always together with {@link #KEYS}, which number the steps. */
        MONEY_BACK(2, "$B"),
        HOLDS_AND_AUDIT(2, "$H"),
        /** What somebody has given on, sought where it went; always together with {@link #MONEY_BACK}. */
        GIVEN_ON(2, "$G");

        private final int values;
        private final String placeholder;

        Part(int values, String placeholder) {
            this.values = values;
            this.placeholder = placeholder;
        }
    }

    private static final Map<Set<Part>, String> FORMS = new ConcurrentHashMap<>();

    private BatchStatement() {
    }

    static String of(Set<Part> parts) {
        return FORMS.computeIfAbsent(Set.copyOf(parts), BatchStatement::sql);
    }

    private static String sql(Set<Part> parts) {
        boolean one = !parts.contains(Part.SEVERAL_WALLETS);
        boolean severalEntries = parts.contains(Part.SEVERAL_ENTRIES);
        boolean oneEntry = one && !severalEntries;
        boolean various = parts.contains(Part.VARIOUS);
        boolean news = parts.contains(Part.NEW_WALLETS);
        boolean memos = parts.contains(Part.MEMOS);
        boolean transfers = parts.contains(Part.TRANSFERS);
        boolean returns = parts.contains(Part.RETURNS);
        boolean keys = parts.contains(Part.KEYS);
        boolean usedKeys = parts.contains(Part.USED_KEYS);
        boolean moneyBack = parts.contains(Part.MONEY_BACK);
        boolean givenOn = parts.contains(Part.GIVEN_ON);
        boolean taken = usedKeys || transfers || moneyBack;
        String more = (memos ? OF_MEMOS : "") + (transfers ? OF_TRANSFERS : "");
        String sql = (WALLETS.replace("$rest", various ? WALLETS_OF_VARIOUS : WALLETS_OF_SPENDS)
                + LINES.replace("$rest", various ? LINES_OF_VARIOUS : LINES_OF_SPENDS)
                + (moneyBack ? PaymentSql.LOOKED_AT : "") + (transfers ? ParcelSql.IN_POST : "")
                + (returns ? ParcelSql.GOING_BACK : "")
                + (taken ? TAKEN : "")
                + (usedKeys ? USED_KEYS : "")
                + (transfers ? ParcelSql.USED_TRANSFERS : "") + (returns ? ParcelSql.USED_RETURNS : "")
                + (givenOn ? PaymentSql.USED_STEPS : "") + (moneyBack ? PaymentSql.LATE_STEPS : "")
                + (news ? NEW_WALLETS : "") + KNOWN_WALLETS + (news ? BOTH : "") + OUTCOME + ENTRIES
                + (transfers ? ParcelSql.SENT_AND_TAKEN_IN : "") + (returns ? ParcelSql.TAKEN_BACK : "")
                + (keys ? KEYS : "")
                + (parts.contains(Part.PAYMENTS) ? PaymentSql.PAYMENTS : "")
                + (moneyBack ? PaymentSql.MONEY_BACK : "")
                + (parts.contains(Part.HOLDS_AND_AUDIT) ? HOLDS_AND_AUDIT : "")
                + (givenOn ? PaymentSql.GIVEN_ON : "") + ANSWER)
                .replace("$ofSenders", transfers ? OF_SENDERS : "")
                .replace("$lastSent", transfers ? ", last_sent" : "")
                .replace("$isLastSent", transfers ? ", last_sent = n.last_sent" : "")
                .replace("$wanted", one ? "not materialized" : "materialized")
                .replace("$owner", parts.contains(Part.OWNERS) ? "$entry($O1 text)" : "$wallet($1 text)")
                .replace("$seq", severalEntries ? "$entry($E1 int8)" : "$wallet($4 int8)")
                .replace("$balance", severalEntries ? "$entry($E2 int8)" : "$wallet($5 int8)")
                .replace("$firstOperation", oneEntry ? "$10" : "$10[1]")
                .replace("$setRest", various ? SET_VARIOUS : "")
                .replace("$wallets", one ? "1" : "cardinality($1)")
                .replace("$kept", transfers ? "materialized" : "not materialized")
                .replace("$ofMemos", memos ? LINES_OF_MEMOS : "")
                .replace("$ofTransfers", transfers ? LINES_OF_TRANSFERS : "")
                .replace("$andNotTaken", taken ? AND_NOT_TAKEN : "")
                .replace("$updated", news ? "updated" : "written")
                .replace("$more", more)
                .replace("$castMore", more.replace("metadata", "metadata::jsonb"))
                .replace("$answer", taken ? SOME_TAKEN : NONE_TAKEN);
        sql = OF_WALLET.matcher(sql).replaceAll(one ? ONE : SEVERAL);
        sql = OF_ENTRY.matcher(sql).replaceAll(oneEntry ? ONE : SEVERAL);
        sql = IS_WRITTEN.matcher(sql).replaceAll(one ? WHOLE : WHOLE_OR_WRITTEN);
        int number = ALWAYS;
        for (Part part : Part.values()) {
            if (parts.contains(part)) {
                // Backwards, or the eleventh would be taken for the first.
                for (int i = part.values; i > 0; i--) {
                    sql = sql.replace(part.placeholder + i, "$" + (number + i));
                }
                number += part.values;
            }
        }
        return sql.replace("$until", "$" + (number + 1));
    }
}
