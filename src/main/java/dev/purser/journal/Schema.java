package dev.purser.journal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the schema up to date, under Flyway's lock, so that nodes that start together do not get in each other's way. */
public final class Schema {

    private Schema() {
    }

    /** Blocks. Fails when the database cannot be reached. */
    public static void migrate(String databaseUrl) {
        URI url = URI.create(databaseUrl);
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String user = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
        int colon = user.indexOf(':');
        FluentConfiguration flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource("jdbc:postgresql://" + url.getHost() + ":" + (url.getPort() < 0 ? 5432 : url.getPort())
                        + url.getRawPath() + query,
                        decode(colon < 0 ? user : user.substring(0, colon)),
                        colon < 0 ? "" : decode(user.substring(colon + 1)))
                .locations("classpath:db/migration");
        flyway.load().migrate();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
