package dev.purser.journal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.purser.lane.Deeds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * The deeds in PostgreSQL, through a connection of their own: a busy pool of readers must not make a node unsure of what
 * it owns. Called from any thread.
 */
public final class PgDeeds implements Deeds {

    private static final String RENEW = """
            with me as (
                insert into nodes (id, since, seen_at) values ($1, clock_timestamp(), clock_timestamp())
                    on conflict (id) do update set seen_at = excluded.seen_at
                 where nodes.seen_at not between clock_timestamp() - $3::int8 * interval '1 millisecond'
                                             and clock_timestamp()
                returning id, since
            ), present as (
                select id, since from me
                 union
                select id, since from nodes
                 where id = $1
                    -- Whoever was last seen in the future was so before the clock was set back.
                    or seen_at between clock_timestamp() - $2::int8 * interval '1 millisecond'
                                   and clock_timestamp() + $2::int8 * interval '1 millisecond'
            )
            select $4::int8 as question, statement_timestamp() as at,
                   array(select id from partitions where node = $1 order by id) as partitions,
                   array(select term from partitions where node = $1 order by id) as terms,
                   array(select contested from partitions where node = $1 order by id) as contested,
                   array(select id from present order by since, id) as present""";

    /**
     * The rows are locked in one order, so that two nodes that take the same ones cannot block each other in a circle. To
     * take one again, because the answer was lost, does not make it less contested; nor does it if somebody took it before
     * and gave it up at once.
     */
    private static final String TAKE = """
            with before as materialized (
                select id, node, contested from partitions where id = any($2::int4[]) order by id for update
            )
            update partitions p
               set node = $1, term = p.term + 1, contested = b.contested or coalesce(b.node <> $1, false)
              from before b
             where p.id = b.id""";

    private static final String GIVE_UP = """
            update partitions p
               set node = null, contested = not exists (
                       select from unnest($2::int4[], $3::int4[]) as settled (id, term)
                        where settled.id = p.id and settled.term = p.term)
             where node = $1""";
    private static final String FORGET = """
            delete from nodes where id = $1 or seen_at < clock_timestamp() - interval '1 day'""";

    /**
     * How old what a node that nobody can join says of its presence may be. It has to be there for one that comes by
     * mistake, and gone soon when another takes its place; more often it need not write.
     */
    public static final Duration ALONE = Duration.ofMillis(400);

    private final Context context;
    private final OwnConnection connection;
    private final Duration silence;
    /** How often it has asked what it holds: trust counts from then, so an answer to an earlier question is none. */
    private long questions;

    /** @param silence for how long a node need not say again that it is there: {@link #ALONE}, or zero */
    public PgDeeds(Vertx vertx, Database database, Duration silence) {
        this.silence = silence;
        this.context = vertx.getOrCreateContext();
        this.connection = new OwnConnection(vertx, database::connectToRead, PRESENCE);
    }

    @Override
    public Future<Holdings> renew(String node) {
        return OnContext.run(context, () -> {
            long question = ++questions;
            return connection.query(RENEW, Tuple.of(node, PRESENCE.toMillis(), silence.toMillis(), question), rows -> {
                Row row = rows.iterator().next();
                StrayAnswer.unless(row.getLong("question"), question, "another question");
                return holdings(row);
            });
        });
    }

    private static Holdings holdings(Row row) {
        Integer[] partitions = row.getArrayOfIntegers("partitions");
        Integer[] terms = row.getArrayOfIntegers("terms");
        Boolean[] contested = row.getArrayOfBooleans("contested");
        Map<Integer, Deed> held = new HashMap<>();
        for (int i = 0; i < partitions.length; i++) {
            held.put(partitions[i], new Deed(terms[i], contested[i]));
        }
        return new Holdings(Map.copyOf(held), List.of(row.getArrayOfStrings("present")),
                row.getOffsetDateTime("at").toInstant());
    }

    @Override
    public Future<Void> take(String node, Collection<Integer> partitions) {
        return OnContext.run(context,
                () -> connection.query(TAKE, Tuple.tuple().addString(node).addValue(partitions.toArray(Integer[]::new)))
                        .mapEmpty());
    }

    @Override
    public Future<Void> leave(String node, Map<Integer, Integer> settled) {
        List<Integer> ids = List.copyOf(settled.keySet());
        Tuple given = Tuple.tuple().addString(node).addValue(ids.toArray(Integer[]::new))
                .addValue(ids.stream().map(settled::get).toArray(Integer[]::new));
        return OnContext.run(context, () -> connection.query(GIVE_UP, given)
                .compose(done -> connection.query(FORGET, Tuple.of(node)))
                .onComplete(left -> connection.close())
                .mapEmpty());
    }
}
