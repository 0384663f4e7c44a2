package dev.purser.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What is read from the tables rather than asked of an actor. */
public final class Reports {

    private static final String HISTORY = """
            select seq, kind, amount, held, debt, balance_after, op_id, payment_intent_id, related_wallet, channel,
                   description, metadata::text as metadata, created_at, transfer_id
              from entries
             where wallet_id = $1
               and seq < $2
               and ($3::text is null or kind = $3)
               and ($4::timestamptz is null or seq > last_entry_before($1, $4))
               and ($5::timestamptz is null or seq <= last_entry_before($1, $5))
             order by seq desc
             limit $6""";

    private static final String SUMS = """
            select d.owed, d.debtors,
                   (select count(*) from webhook_events where outcome = 'parked') as parked,
                   (select count(*) from webhook_events where processed_at is null) as open
              from (select least(coalesce(sum(debt), 0), 9223372036854775807)::int8 as owed, count(*) as debtors
                      from wallets where debt > 0) d""";

    private static final String DEBTS = """
            select id, debt, balance, held, status, updated_at
              from wallets
             where debt > 0 and id > $1
             order by id
             limit $2""";

    private static final String AUDIT = """
            select wallet_id, op_id, action, subject, reason, amount, created_at
              from audit
             where ($1::text is null or wallet_id = $1)
               and ($2::timestamptz is null or (created_at, op_id) < ($2, $3))
             order by created_at desc, op_id desc
             limit $4""";

    private final Reads reads;
    private final HoldReports holds;
    private final EarningReports earnings;
    private final WebhookReports webhooks;
    private final WalletReports wallets;

    public Reports(Reads reads) {
        this.reads = reads;
        this.holds = new HoldReports(reads);
        this.earnings = new EarningReports(reads);
        this.webhooks = new WebhookReports(reads);
        this.wallets = new WalletReports(reads, webhooks);
    }

    /** A wallet's entries, the newest first. */
    public Future<List<LedgerLine>> history(HistoryQuery query) {
        Tuple values = Tuple.of(query.walletId(), query.beforeSeq(), query.kind() == null ? null : query.kind().text(),
                time(query.from()), time(query.to()), query.limit());
        return reads.query(HISTORY, values).map(rows -> {
            List<LedgerLine> lines = new ArrayList<>(rows.size());
            for (Row row : rows) {
                lines.add(line(row));
            }
            return lines;
        });
    }

    /** What became of holds, calls and payouts. */
    public HoldReports holds() {
        return holds;
    }

    /** What creators have earned. */
    public EarningReports earnings() {
        return earnings;
    }

    /** What payment providers have told. */
    public WebhookReports webhooks() {
        return webhooks;
    }

    /** What there is beside a wallet's ledger. */
    public WalletReports wallets() {
        return wallets;
    }

    /** The wallets that owe, by id. */
    public Future<List<Debtor>> debts(String afterId, int limit) {
        return reads.query(DEBTS, Tuple.of(afterId, limit)).map(rows -> {
            List<Debtor> debtors = new ArrayList<>(rows.size());
            for (Row row : rows) {
                debtors.add(new Debtor(row.getString("id"), row.getLong("debt"), row.getLong("balance"),
                        row.getLong("held"), row.getString("status"), instant(row, "updated_at")));
            }
            return debtors;
        });
    }

    /** What all wallets and events come to. */
    public Future<Sums> sums() {
        return reads.query(SUMS, Tuple.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            return new Sums(row.getLong("owed"), row.getLong("debtors"), row.getLong("parked"), row.getLong("open"));
        });
    }

    /** What the house did, the latest first. */
    public Future<List<AuditLine>> audit(AuditQuery query) {
        Tuple values = Tuple.of(query.walletId(), time(query.before()), query.beforeOperation(), query.limit());
        return reads.query(AUDIT, values).map(rows -> {
            List<AuditLine> lines = new ArrayList<>(rows.size());
            for (Row row : rows) {
                lines.add(new AuditLine(row.getString("wallet_id"), row.getString("op_id"), row.getString("action"),
                        row.getString("subject"), row.getString("reason"), row.getLong("amount"),
                        instant(row, "created_at")));
            }
            return lines;
        });
    }

    private static LedgerLine line(Row row) {
        Memo memo = new Memo(row.getString("description"), row.getString("metadata"),
                row.getString("payment_intent_id"), row.getString("related_wallet"), row.getString("channel"),
                row.getString("transfer_id"));
        return new LedgerLine(row.getString("op_id"), new Entry(row.getLong("seq"),
                EntryKind.valueOf(Names.constant(row.getString("kind"))), row.getLong("amount"), row.getLong("held"),
                row.getLong("debt"), row.getLong("balance_after"), instant(row, "created_at"), memo));
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /**
     * Which entries are wanted.
     *
     * @param beforeSeq only those with a smaller number; {@code Long.MAX_VALUE} to begin at the newest
     * @param from the earliest time, and {@code to} the time before which they were written
     */
    public record HistoryQuery(String walletId, long beforeSeq, @Nullable EntryKind kind, @Nullable Instant from,
            @Nullable Instant to, int limit) {
    }

    /** An entry as it is stored, with the operation that wrote it. */
    public record LedgerLine(String operationId, Entry entry) {
    }

    /**
     * What is not as it should be, in all.
     *
     * @param owed tokens, by {@code debtors} wallets
     * @param parked events that wait for a person, and {@code open} ones that were not carried out yet
     */
    public record Sums(long owed, long debtors, long parked, long open) {

        public static final Sums NONE = new Sums(0, 0, 0, 0);
    }

    /** A wallet that owes. */
    public record Debtor(String walletId, long debt, long balance, long held, String status, Instant updatedAt) {
    }

    /**
     * Which lines of the audit trail are wanted.
     *
     * @param before only those older than this and {@code beforeOperation}: where the page before ended
     */
    public record AuditQuery(@Nullable String walletId, @Nullable Instant before, @Nullable String beforeOperation,
            int limit) {
    }

    /** Something that the house did by hand. */
    public record AuditLine(String walletId, String operationId, String action, String subject, String reason,
            long amount, Instant at) {
    }
}
