package dev.purser.bench;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;

import dev.purser.bench.load.Heard;
import dev.purser.bench.rivals.RowLockStatement;
import dev.purser.lane.Ids;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;

/**
 * What the database alone needs for durable answers: one prepared statement after the other on one connection, without any
 * service or HTTP.
 */
final class BareCommits implements Entrant, AutoCloseable {

    private static final Duration WARMING = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx
            .vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final String name;
    private final String sql;
    private final Supplier<Tuple> values;
    private final PgConnection connection;

    private BareCommits(String name, String url, String sql, Supplier<Tuple> values) {
        this.name = name;
        this.sql = sql;
        this.values = values;
        connection = PgConnection
                .connect(vertx, PgConnectOptions.fromUri(url).setCachePreparedStatements(true))
                .await();
    }

    /** One row, as small as can be. */
    static BareCommits inserts(Postgres postgres) {
        postgres.execute(Stage.RIVALS, "create table bare (wallet_id text not null, amount bigint not null)");
        return new BareCommits("a bare insert of one row", postgres.url(Stage.RIVALS),
                "insert into bare (wallet_id, amount) values ($1, $2)", () -> Tuple.of("w0", -1L));
    }

    /** A spend: a wallet is updated and an entry inserted. */
    static BareCommits spends(Postgres postgres) {
        return new BareCommits("a bare spend in one statement", postgres.url(Stage.RIVALS),
                RowLockStatement.ONE_STATEMENT,
                () -> Tuple.of("w1", 1L, Ids.next(), OffsetDateTime.now(ZoneOffset.UTC)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void warmUp() {
        Sample _ = work(WARMING, 0);
    }

    @Override
    public Sample work(Duration lasting, long seed) {
        Histogram latencies = Heard.histogram();
        long begun = System.nanoTime();
        Promise<Void> over = Promise.promise();
        vertx.runOnContext(go -> next(latencies, begun + lasting.toNanos(), over));
        try {
            Void _ = over.future().await(lasting.toMillis() + 10_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Expected the commits to end", e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Sample(new Heard(seconds, latencies, latencies.getTotalCount(), 0, 0, ""), Gauges.NONE);
    }

    private void next(Histogram latencies, long end, Promise<Void> over) {
        long since = System.nanoTime();
        if (since > end) {
            over.complete();
            return;
        }
        connection.preparedQuery(sql).execute(values.get()).onComplete(inserted -> {
            latencies.recordValue(System.nanoTime() - since);
            next(latencies, end, over);
        }, over::fail);
    }

    @Override
    public void close() {
        Void _ = connection.close().await();
        Void _ = vertx.close().await();
    }
}
