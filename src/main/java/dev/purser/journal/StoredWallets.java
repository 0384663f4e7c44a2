package dev.purser.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Journal.Stored;
import dev.purser.wallet.Hold;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Sendings;
import dev.purser.wallet.Standing;
import dev.purser.wallet.Totals;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Reads wallets back, many in one query. */
final class StoredWallets {

    private static final Logger LOG = LoggerFactory.getLogger(StoredWallets.class);

    /** The limit where entries are looked up by the one after makes it one look-up for each, and not a join of all entries. */
    static final String LOAD = """
            select i.id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots, updated_at, granted,
                   case when due_at is not null then (
                       select jsonb_agg(jsonb_build_object('id', h.id, 'purpose', h.purpose, 'lots', h.lots,
                                                           'expires_at', h.expires_at, 'guarded', h.guarded,
                                                           'use', h.use, 'details', h.details))
                         from holds h
                        where h.wallet_id = w.id and h.state = 'open') end as holds,
                   last_sent,
                   case when last_sent > 0 then (
                       with recursive sent as (
                           select related_wallet, amount, created_at, sent_before
                             from entries
                            where wallet_id = any(array[w.id]) and seq = any(array[last_sent]) and created_at >= $3
                            union all
                           select e.*
                             from sent s
                            cross join lateral (
                                select related_wallet, amount, created_at, sent_before
                                  from entries
                                 where wallet_id = any(array[w.id]) and seq = any(array[s.sent_before])
                                   and created_at >= $3
                                 limit 1) e)
                       select jsonb_agg(t) from (
                           select related_wallet, least(sum(-amount), $most)::int8 as tokens,
                                  (count(*) filter (where created_at >= $4))::int4 as count
                             from sent
                            group by related_wallet) t) end as sent,
                   (select jsonb_agg(t) from (
                       select to_wallet, transfers.id, from_wallet, kind, amount, channel, message
                         from (select distinct id
                                 from parcels
                                where to_wallet = any(array[i.id]) and waiting <> 0
                                order by id
                                limit $2) as p
                         join transfers on to_wallet = any(array[i.id]) and parcel = any(array[p.id])
                        where in_post
                        order by parcel, place
                        limit $2) t) as post
              from (select unnest($1::text[]) as id) i
              left join wallets w on w.id = any(array[i.id])"""
            .replace("$most", String.valueOf(Long.MAX_VALUE));

    /** More of a wallet's post is taken in by and by. */
    private static final int POST_AT_ONCE = 500;

    private final OwnConnection reader;

    StoredWallets(OwnConnection reader) {
        this.reader = reader;
    }

    Future<List<Stored>> load(List<String> ids) {
        Instant now = Instant.now();
        Tuple values = Tuple.of(ids.toArray(String[]::new), POST_AT_ONCE,
                now.truncatedTo(ChronoUnit.DAYS).atOffset(ZoneOffset.UTC),
                now.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC));
        return reader.query(LOAD, values, rows -> {
            List<Stored> found = new ArrayList<>(ids.size());
            Set<String> answered = new HashSet<>();
            for (Row row : rows) {
                answered.add(row.getString("id"));
                readable(row, now).ifPresent(found::add);
            }
            StrayAnswer.unless(answered, Set.copyOf(ids), "other wallets");
            return found;
        });
    }

    /** A wallet that makes no sense is nobody's trouble but its own. */
    private static Optional<Stored> readable(Row row, Instant now) {
        try {
            return Optional.of(stored(row, now));
        } catch (RuntimeException unreadable) {
            LOG.error("Expected a wallet that can be read, but {} cannot: {}", row.getString("id"),
                    unreadable.toString());
            return Optional.empty();
        }
    }

    private static Stored stored(Row row, Instant now) {
        List<Transfer> post = TransferJson.read((JsonArray) row.getJson("post"));
        Long epoch = row.getLong("epoch");
        return epoch == null
                ? new Stored(Wallet.empty(row.getString("id")), 0, post)
                : new Stored(wallet(row, now), epoch, post);
    }

    private static Wallet wallet(Row row, Instant now) {
        long purchased = row.getLong("purchased");
        long spent = row.getLong("spent");
        long earned = row.getLong("earned");
        Totals totals = purchased == 0 && spent == 0 && earned == 0
                ? Totals.NONE
                : new Totals(purchased, spent, earned);
        return new Wallet(row.getString("id"), row.getLong("version"), row.getLong("balance"), row.getLong("held"),
                row.getLong("debt"), standing(row.getString("status")), totals,
                StateJson.lots(row.getString("lots")), holds((JsonArray) row.getJson("holds")),
                sendings((JsonArray) row.getJson("sent"), row.getLong("last_sent"), now),
                row.getOffsetDateTime("updated_at") == null ? null : row.getOffsetDateTime("updated_at").toInstant(),
                row.getLong("granted"));
    }

    private static Standing standing(String status) {
        return switch (status) {
            case "frozen" -> Standing.FROZEN;
            case "closed" -> Standing.CLOSED;
            default -> Standing.OPEN;
        };
    }

    private static Sendings sendings(@Nullable JsonArray today, long last, Instant now) {
        if (last == 0) {
            return Sendings.NONE;
        }
        Map<String, Sendings.ToOne> sent = new HashMap<>();
        for (int i = 0; today != null && i < today.size(); i++) {
            JsonObject toOne = today.getJsonObject(i);
            sent.put(toOne.getString("related_wallet"),
                    new Sendings.ToOne(toOne.getLong("tokens"), toOne.getInteger("count")));
        }
        return new Sendings(Sendings.dayOf(now), Sendings.minuteOf(now), sent, last);
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
