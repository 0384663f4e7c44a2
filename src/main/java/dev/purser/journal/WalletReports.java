package dev.purser.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.WebhookReports.EventLine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What the tables know of a wallet beside its ledger, for those who must explain a number; and how to find one. */
public final class WalletReports {

    /**
     * Byte by byte, as its index has them; an id has nothing but visible ASCII characters. A row without an entry is only there
     * to keep a late write out.
     */
    private static final String FIND = """
            with wanted as (
                (select id from wallets
                  where id ~>=~ $1::text and id ~<~ ($1::text || chr(127)) and version > 0
                  order by id using ~<~
                  limit $2)
                union
                select wallet_id from payments where payment_intent_id = $1
                union
                select wallet_id from purchases where id = $1
            )
            select w.id, w.balance, w.held, w.debt, w.status, w.updated_at
              from wallets w join wanted on wanted.id = w.id
             where w.version > 0
             order by w.id <> $1, w.id
             limit $2""";

    /** Few are in the post at a time, whoever sent them. */
    private static final String IN_POST = """
            select id, kind, from_wallet, to_wallet, amount, channel, message, created_at
              from transfers
             where (to_wallet = $1 or from_wallet = $1) and in_post
             order by created_at desc, id desc
             limit $2""";

    private static final String PAYMENTS = """
            select payment_intent_id, pack_id, tokens, bonus, price, currency, payer, refunded, disputed, frozen, forgiven,
                   created_at
              from payments
             where wallet_id = $1
             order by created_at desc, payment_intent_id desc
             limit $2""";

    private static final String GIVEN_ON = """
            select payment_intent_id, transfer_id, kind, giver, recipient, amount, aside, taken, updated_at
              from given_on
             where giver = $1 or recipient = $1
             order by updated_at desc, transfer_id desc
             limit $2""";

    private final Reads reads;
    private final WebhookReports webhooks;

    WalletReports(Reads reads, WebhookReports webhooks) {
        this.reads = reads;
        this.webhooks = webhooks;
    }

    /** Wallets whose id begins so, and the one that a payment or purchase of that id is for; the one of that very id first. */
    public Future<List<Found>> find(String text, int limit) {
        return reads.query(FIND, Tuple.of(text, limit)).map(rows -> {
            List<Found> found = new ArrayList<>(rows.size());
            for (Row row : rows) {
                found.add(new Found(row.getString("id"), row.getLong("balance"), row.getLong("held"),
                        row.getLong("debt"), row.getString("status"), Reports.instant(row, "updated_at")));
            }
            return found;
        });
    }

    /** The latest of each sort. */
    public Future<Beside> beside(String walletId, int limit) {
        Tuple values = Tuple.of(walletId, limit);
        Future<List<InPost>> inPost = reads.query(IN_POST, values).map(WalletReports::inPost);
        Future<List<Paid>> payments = reads.query(PAYMENTS, values).map(WalletReports::payments);
        Future<List<Given>> given = reads.query(GIVEN_ON, values).map(WalletReports::given);
        Future<List<EventLine>> events = webhooks.of(walletId, limit);
        return Future.all(inPost, payments, given, events)
                .map(_ -> new Beside(inPost.result(), payments.result(), given.result(), events.result()));
    }

    private static List<InPost> inPost(RowSet<Row> rows) {
        List<InPost> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new InPost(row.getString("id"), row.getString("kind"), row.getString("from_wallet"),
                    row.getString("to_wallet"), row.getLong("amount"), row.getString("channel"),
                    row.getString("message"), Reports.instant(row, "created_at")));
        }
        return lines;
    }

    private static List<Paid> payments(RowSet<Row> rows) {
        List<Paid> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new Paid(row.getString("payment_intent_id"), row.getString("pack_id"), row.getLong("tokens"),
                    row.getLong("bonus"), row.getLong("price"), row.getString("currency"), row.getString("payer"),
                    row.getLong("refunded"), row.getLong("disputed"), row.getLong("frozen"), row.getLong("forgiven"),
                    Reports.instant(row, "created_at")));
        }
        return lines;
    }

    private static List<Given> given(RowSet<Row> rows) {
        List<Given> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new Given(row.getString("payment_intent_id"), row.getString("transfer_id"),
                    row.getString("kind"), row.getString("giver"), row.getString("recipient"), row.getLong("amount"),
                    row.getLong("aside"), row.getLong("taken"), Reports.instant(row, "updated_at")));
        }
        return lines;
    }

    /** A wallet, as a list shows it. */
    public record Found(String walletId, long balance, long held, long debt, String status, Instant updatedAt) {
    }

    /** What there is beside a ledger. */
    public record Beside(List<InPost> inPost, List<Paid> payments, List<Given> givenOn, List<EventLine> webhooks) {
    }

    /** A transfer that has left and not arrived. */
    public record InPost(String id, String kind, String from, String to, long amount, @Nullable String channel,
            @Nullable String message, Instant at) {
    }

    /**
     * A payment that was credited.
     *
     * @param payer who paid, if it was somebody else
     * @param refunded tokens that were taken back since their money went back, as were those {@code disputed}
     * @param frozen how many more are to be set aside while a dispute is open
     * @param forgiven how many the wallet need not bear, since they are taken where it had given them on
     */
    public record Paid(String id, String packId, long tokens, long bonus, long price, String currency,
            @Nullable String payer, long refunded, long disputed, long frozen, long forgiven, Instant at) {
    }

    /** A gift that was given on of what a payment had bought whose money went back, and what of it is set aside and taken. */
    public record Given(String paymentId, String transferId, String kind, String giver, String recipient, long amount,
            long aside, long taken, Instant at) {
    }
}
