package dev.purser.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What creators have earned, from the table. */
public final class EarningReports {

    private static final String RANGE = """
             where wallet_id = $1
               and seq < $2
               and ($3::timestamptz is null or seq > last_entry_before($1, $3))
               and ($4::timestamptz is null or seq <= last_entry_before($1, $4))
            """;

    private static final String PAGE = """
            select seq, transfer_id, kind, payer, tokens, cents, created_at
              from earnings
            """ + RANGE + " order by seq desc limit $5";

    private static final String SUMS = """
            select kind, count(*) as count, sum(tokens)::int8 as tokens, sum(cents)::int8 as cents
              from earnings
            """ + RANGE + " group by kind order by kind";

    /** The last earning says what was earned until then; what a backend has credited as earned since is no earning. */
    private static final String EARNED_BEFORE = """
            with until as materialized (
                select last_entry_before($1, $2) as seq
            ), earning as materialized (
                select seq, earned
                  from earnings
                 where wallet_id = $1 and seq <= (select seq from until)
                 order by seq desc
                 limit 1
            )
            select (coalesce((select earned from earning), 0) + coalesce((
                       select sum(amount)
                         from entries
                        where wallet_id = $1 and seq <= (select seq from until)
                          and seq > coalesce((select seq from earning), 0)
                          and kind = 'tip' and amount > 0 and transfer_id is null), 0))::int8 as earned""";

    private final Reads reads;

    EarningReports(Reads reads) {
        this.reads = reads;
    }

    /** A creator's earnings, the newest first. */
    public Future<List<EarningLine>> page(EarningQuery query) {
        return reads.query(PAGE, values(query, query.beforeSeq()).addInteger(query.limit())).map(rows -> {
            List<EarningLine> lines = new ArrayList<>(rows.size());
            for (Row row : rows) {
                lines.add(new EarningLine(row.getLong("seq"), row.getString("transfer_id"), kind(row),
                        row.getString("payer"), row.getLong("tokens"), row.getLong("cents"),
                        Reports.instant(row, "created_at")));
            }
            return lines;
        });
    }

    /** What a creator earned in the query's time, on whichever page it is, by kind. */
    public Future<List<EarningSum>> sums(EarningQuery query) {
        return reads.query(SUMS, values(query, Long.MAX_VALUE)).map(rows -> {
            List<EarningSum> sums = new ArrayList<>(rows.size());
            for (Row row : rows) {
                sums.add(new EarningSum(kind(row), row.getLong("count"), row.getLong("tokens"), row.getLong("cents")));
            }
            return sums;
        });
    }

    /** How many tokens a creator had earned before a time. */
    public Future<Long> earnedBefore(String walletId, Instant time) {
        return reads.query(EARNED_BEFORE, Tuple.of(walletId, time.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong("earned"));
    }

    private static Tuple values(EarningQuery query, long beforeSeq) {
        return Tuple.of(query.walletId(), beforeSeq, Reports.time(query.from()), Reports.time(query.to()));
    }

    private static TransferKind kind(Row row) {
        return TransferKind.valueOf(Names.constant(row.getString("kind")));
    }

    /**
     * Which earnings are wanted.
     *
     * @param beforeSeq only those with a smaller number; {@code Long.MAX_VALUE} to begin at the newest
     * @param from the earliest time, and {@code to} the time before which they came
     */
    public record EarningQuery(String walletId, long beforeSeq, @Nullable Instant from, @Nullable Instant to,
            int limit) {

        /** The same, from another place on. */
        public EarningQuery at(long before, int newLimit) {
            return new EarningQuery(walletId, before, from, to, newLimit);
        }
    }

    /** Tokens that were earned at once, and what they were worth in cents. */
    public record EarningLine(long seq, String transferId, TransferKind kind, String payer, long tokens, long cents,
            Instant at) {
    }

    /** What was earned in one way. */
    public record EarningSum(TransferKind kind, long count, long tokens, long cents) {
    }
}
