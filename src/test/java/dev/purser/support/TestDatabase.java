package dev.purser.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.purser.journal.Database;
import dev.purser.journal.Reads;
import dev.purser.journal.Schema;
import dev.purser.sandbox.EmbeddedDatabase;
import io.vertx.core.Vertx;

/** A real PostgreSQL for all tests of this JVM (fsync on, as in earnest), and a migrated database for each that asks. */
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;

    private TestDatabase(String url) {
        this.url = url;
    }

    /** A fresh database with the schema in it and nothing else. */
    public static TestDatabase create() {
        return createFrom(Server.TEMPLATE);
    }

    /** A fresh database with nothing in it. */
    public static TestDatabase empty() {
        return createFrom("template0");
    }

    private static TestDatabase createFrom(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        execute(Server.URL, "create database " + name + " template " + template);
        return new TestDatabase(Server.of(name));
    }

    /** The database at {@code url}, which somebody else made. */
    public static TestDatabase at(String url) {
        return new TestDatabase(url);
    }

    public String url() {
        return url;
    }

    /** What rooms read reports and accounts through. */
    public Reads reads(Vertx vertx) {
        return new Database(vertx, Defaults.database(url)).reads();
    }

    /** A connection for the test's own look at the tables. */
    public Connection connect() throws SQLException {
        return connect(url);
    }

    public void execute(String sql) {
        execute(url, sql);
    }

    /** The one number that a query answers. */
    public long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + sql, e);
        }
    }

    /** The first column of all that a query answers. */
    public List<String> texts(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + sql, e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
    }

    private static void execute(String url, String sql) {
        try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + sql, e);
        }
    }

    /** Started by whoever asks first, stopped with the JVM. */
    private static final class Server {

        static final String TEMPLATE = "purser_template";
        static final String URL = start();

        static String of(String database) {
            return URL.substring(0, URL.lastIndexOf('/') + 1) + database;
        }

        private static String start() {
            try {
                EmbeddedDatabase database = EmbeddedDatabase
                        .start(Path.of("target", "test-database-" + ProcessHandle.current().pid()));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database)));
                execute(database.url(), "create database " + TEMPLATE);
                String template = database.url().substring(0, database.url().lastIndexOf('/') + 1) + TEMPLATE;
                Schema.migrate(template);
                return database.url();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedDatabase database) {
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
