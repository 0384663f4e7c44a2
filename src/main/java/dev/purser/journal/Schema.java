package dev.purser.journal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.flywaydb.core.Flyway;

/** Brings the schema up to date, under Flyway's lock, so that nodes that start together do not get in each other's way. */
public final class Schema {

    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_SECONDS = 5;
    private static final int AGAIN_SECONDS = 1;

    private final String place;
    private final String jdbcUrl;
    private final String user;
    private final String password;

    private Schema(String databaseUrl) {
        URI url = URI.create(databaseUrl);
        String userInfo = Objects.requireNonNullElse(url.getRawUserInfo(), "");
        int colon = userInfo.indexOf(':');
        this.place = url.getHost() + ":" + (url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
        this.jdbcUrl = "jdbc:postgresql://" + place + url.getRawPath() + "?loginTimeout=" + CONNECT_SECONDS
                + (url.getRawQuery() == null ? "" : "&" + url.getRawQuery());
        this.user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        this.password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
    }

    /** Blocks. Fails when the database cannot be reached. */
    public static void migrate(String databaseUrl) {
        new Schema(databaseUrl).migrate();
    }

    /** Waits until the database can be reached, telling {@code waiting} why it cannot, and then migrates it. Blocks. */
    public static void migrateWhenReachable(String databaseUrl, Consumer<String> waiting) throws InterruptedException {
        Schema schema = new Schema(databaseUrl);
        while (!schema.isReachable(waiting)) {
            TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
        }
        schema.migrate();
    }

    private boolean isReachable(Consumer<String> waiting) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
            return connection.isValid(CONNECT_SECONDS);
        } catch (SQLException e) {
            waiting.accept("Expected PostgreSQL at " + place + ", but: " + e.getMessage());
            return false;
        }
    }

    private void migrate() {
        Flyway.configure(Schema.class.getClassLoader()).dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration").load().migrate();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
