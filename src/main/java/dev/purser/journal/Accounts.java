package dev.purser.journal;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What is known of the owners of wallets. */
public final class Accounts {

    private static final String PUT = """
            insert into accounts as a (id, is_creator, plan)
            values ($1, coalesce($2, false), $3)
            on conflict (id) do update
               set is_creator = coalesce($2, a.is_creator),
                   plan = case when $4 then $3 else a.plan end,
                   updated_at = now()
            returning id, is_creator, plan""";

    private static final String FIND = "select id, is_creator, plan from accounts where id = $1";

    private final Reads reads;

    public Accounts(Reads reads) {
        this.reads = reads;
    }

    /** Creates an account or changes it; what the change does not name stays as it is. */
    public Future<Account> put(String id, Change change) {
        Tuple values = Tuple.of(id, change.isCreator(), change.plan(), change.setsPlan());
        return reads.query(PUT, values).map(rows -> account(rows.iterator().next()));
    }

    public Future<Optional<Account>> find(String id) {
        return reads.query(FIND, Tuple.of(id)).map(Accounts::first);
    }

    private static Optional<Account> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(account(rows.iterator().next()));
    }

    private static Account account(Row row) {
        return new Account(row.getString("id"), row.getBoolean("is_creator"), row.getString("plan"));
    }

    /** An owner. */
    public record Account(String id, boolean isCreator, @Nullable String plan) {
    }

    /**
     * What is to become of an account.
     *
     * @param setsPlan whether {@code plan} is meant; only then does null end a plan
     */
    public record Change(@Nullable Boolean isCreator, boolean setsPlan, @Nullable String plan) {
    }
}
