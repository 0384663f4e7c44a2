package dev.purser.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;

/** The way to PostgreSQL: one pool for reports, and connections of their own for the lanes. */
public final class Database {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    /** The pool may end a wait twice, at its time limit and by a connection; whoever reads has a limit of their own. */
    private static final int NONE = 0;

    private static final String WEAKNESSES = """
            select name || '=' || setting as weakness
              from pg_settings
             where name = any($1) and setting = 'off'""";

    /** Settings of PostgreSQL without which "acknowledged" would not mean "durable". */
    private static final List<String> DURABILITY = List.of("fsync", "full_page_writes", "synchronous_commit");

    private final Vertx vertx;
    private final DatabaseSettings settings;
    private final PgConnectOptions options;
    private final PgConnectOptions ofLanes;
    private final Reads reads;
    /** Where its pings are at home, whoever asks for them. */
    private final Context home;
    private final OwnConnection pings;

    public Database(Vertx vertx, DatabaseSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.options = options(settings);
        this.ofLanes = new PgConnectOptions(options);
        this.ofLanes.setProperties(withIndexesOnly(options.getProperties()));
        this.home = vertx.getOrCreateContext();
        this.pings = new OwnConnection(vertx, this::connectToRead, settings.commitDeadline());
        this.reads = new Reads(vertx, this::pool, Duration.ofMillis(CONNECT_TIMEOUT_MILLIS), settings.commitDeadline());
    }

    private Pool pool() {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(settings.poolSize())
                        .setMaxWaitQueueSize(settings.poolQueue())
                        .setConnectionTimeout(NONE))
                .with(new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout(CONNECT_TIMEOUT_MILLIS))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /** What reports and look-ups read through. */
    public Reads reads() {
        return reads;
    }

    /** How long an answer may take. */
    Duration deadline() {
        return settings.commitDeadline();
    }

    /** Opens a connection of a lane's own for batches. */
    Future<PgConnection> connectToWrite() {
        return PgConnection.connect(vertx, ofLanes);
    }

    /** Opens the other connection of a lane, for what it reads. */
    Future<PgConnection> connectToRead() {
        return PgConnection.connect(vertx, ofLanes);
    }

    /** Which of the settings that durability rests on are off, as {@code fsync=off}. */
    public Future<List<String>> weaknesses() {
        return reads.query(WEAKNESSES, Tuple.of(DURABILITY.toArray(String[]::new))).map(rows -> {
            List<String> weak = new ArrayList<>();
            rows.forEach(row -> weak.add(row.getString("weakness")));
            return weak;
        });
    }

    /** How many connections for reading are open. */
    public int connections() {
        return reads.connections();
    }

    /** Succeeds if the database answers now, however busy the reports are. */
    public Future<Void> ping() {
        return OnContext.run(home, () -> pings.query("select 1", Tuple.tuple()).mapEmpty());
    }

    /** Closes what it has opened itself; the lanes' connections are theirs to close. */
    public Future<Void> close() {
        return OnContext.run(home, () -> {
            pings.close();
            return reads.close();
        });
    }

    /**
     * A lane touches rows by their keys and nothing else. Planned once, perhaps while the tables were empty,
     * it must not be planned as if they were to remain so.
     */
    private static Map<String, String> withIndexesOnly(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("enable_seqscan", "off");
        all.put("enable_hashjoin", "off");
        all.put("enable_mergejoin", "off");
        return all;
    }

    private static PgConnectOptions options(DatabaseSettings settings) {
        PgConnectOptions options = PgConnectOptions.fromUri(settings.url());
        String timeout = String.valueOf(settings.statementTimeout().toMillis());
        options.setCachePreparedStatements(true);
        // By default statements of 2,048 characters and more are prepared anew each time; the batch statement is one.
        options.setPreparedStatementCacheSqlFilter(sql -> true);
        options.setProperties(Map.of(
                "application_name", "purser",
                "client_encoding", "utf8",
                "DateStyle", "ISO",
                "statement_timeout", timeout,
                "lock_timeout", timeout,
                "idle_in_transaction_session_timeout", timeout,
                // Planned once: a plan made for each batch would take longer than the batch.
                "plan_cache_mode", "force_generic_plan"));
        return options;
    }
}
