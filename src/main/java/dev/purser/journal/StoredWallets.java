package dev.purser.journal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Journal.Stored;
import dev.purser.wallet.Hold;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Standing;
import dev.purser.wallet.Totals;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Reads wallets back, many in one query. */
final class StoredWallets {

    private static final String LOAD = """
            select id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots, updated_at,
                   case when held > 0 then (
                       select jsonb_agg(jsonb_build_object('id', h.id, 'purpose', h.purpose, 'lots', h.lots,
                                                           'expires_at', h.expires_at, 'guarded', h.guarded))
                         from holds h
                        where h.wallet_id = w.id and h.state = 'open') end as holds
              from wallets w
             where id = any($1)""";

    private final OwnConnection reader;

    StoredWallets(OwnConnection reader) {
        this.reader = reader;
    }

    Future<List<Stored>> load(List<String> ids) {
        return reader.query(LOAD, Tuple.of(ids.toArray(String[]::new))).map(rows -> {
            Set<String> missing = new LinkedHashSet<>(ids);
            List<Stored> found = new ArrayList<>(ids.size());
            for (Row row : rows) {
                missing.remove(row.getString("id"));
                found.add(new Stored(wallet(row), row.getLong("epoch")));
            }
            missing.forEach(id -> found.add(new Stored(Wallet.empty(id), 0)));
            return found;
        });
    }

    private static Wallet wallet(Row row) {
        long purchased = row.getLong("purchased");
        long spent = row.getLong("spent");
        long earned = row.getLong("earned");
        Totals totals = purchased == 0 && spent == 0 && earned == 0
                ? Totals.NONE
                : new Totals(purchased, spent, earned);
        return new Wallet(row.getString("id"), row.getLong("version"), row.getLong("balance"), row.getLong("held"),
                row.getLong("debt"), standing(row.getString("status")), totals,
                StateJson.lots((JsonArray) row.getJson("lots")), holds((JsonArray) row.getJson("holds")),
                row.getOffsetDateTime("updated_at") == null ? null : row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Standing standing(String status) {
        return switch (status) {
            case "frozen" -> Standing.FROZEN;
            case "closed" -> Standing.CLOSED;
            default -> Standing.OPEN;
        };
    }

    private static Holds holds(@Nullable JsonArray stored) {
        if (stored == null) {
            return Holds.NONE;
        }
        List<Hold> holds = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            holds.add(StateJson.hold(stored.getJsonObject(i)));
        }
        return Holds.of(holds);
    }
}
