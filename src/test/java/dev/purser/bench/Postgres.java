package dev.purser.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The one PostgreSQL that all who use one share: as durable as can be, and with settings that one would use in earnest. */
final class Postgres implements AutoCloseable {

    /** A quarter of the machine's memory, as its manual has it, but not more than a run of the benchmark fills. */
    private static final long BUFFERS_MB = Math.min(4096, memoryMb() / 4);
    private static final Map<String, String> SETTINGS = Map.of("fsync", "on", "full_page_writes", "on",
            "synchronous_commit", "on", "shared_buffers", BUFFERS_MB + "MB", "max_wal_size", "8GB", "min_wal_size",
            "3GB",
            "checkpoint_timeout", "15min", "max_connections", "300", "listen_addresses", "127.0.0.1");
    private static final int PAGE_KB = 8;
    private static final List<String> TOLD = List.of("server_version", "fsync", "full_page_writes",
            "synchronous_commit", "wal_sync_method", "shared_buffers", "min_wal_size", "max_wal_size",
            "checkpoint_timeout");

    private final EmbeddedPostgres server;
    private final long pid;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
        this.pid = Long.parseLong(query("postgres",
                "select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid").get("pid"));
    }

    static Postgres start(Path folder) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder)
                .setOverrideWorkingDirectory(folder.resolveSibling("postgres-programs").toFile())
                .setPGStartupWait(Duration.ofSeconds(30));
        SETTINGS.forEach(builder::setServerConfig);
        Postgres postgres = new Postgres(builder.start());
        postgres.season();
        return postgres;
    }

    /**
     * Writes as much log as a server keeps that has been at work for a while, and uses over and over, and touches all of its
     * memory. A new one has to make each of its log's files first, and to ask the system for each page of its memory, and
     * lets everybody wait meanwhile.
     */
    private void season() {
        execute("postgres", "select count(pg_logical_emit_message(false, 'season', repeat(' ', 1024 * 1024))) "
                + "from generate_series(1, 3 * 1024)");
        execute("postgres", "create unlogged table season (page char(8000))");
        execute("postgres", "alter table season alter page set storage plain");
        execute("postgres", "insert into season select '' from generate_series(1, %d)"
                .formatted(BUFFERS_MB * 1024 / PAGE_KB));
        execute("postgres", "drop table season");
        execute("postgres", "checkpoint");
    }

    private static long memoryMb() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 20;
    }

    String url(String database) {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** The process whose children do the work. */
    long pid() {
        return pid;
    }

    void create(String database) {
        execute("postgres", "create database " + database);
    }

    void execute(String database, String sql) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + sql, e);
        }
    }

    /** The first row, as text. */
    Map<String, String> query(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.put(rows.getMetaData().getColumnLabel(i), String.valueOf(rows.getString(i)));
            }
            return row;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not ask " + sql, e);
        }
    }

    /** What the figures depend on. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        TOLD.forEach(name -> settings.put(name, query("postgres", "show " + name).get(name)));
        return settings;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager
                .getConnection("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
