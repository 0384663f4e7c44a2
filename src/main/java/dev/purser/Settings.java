package dev.purser;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Catalog;
import dev.purser.cluster.ClusterSettings;
import dev.purser.journal.DatabaseSettings;
import dev.purser.lane.LaneSettings;
import dev.purser.live.LiveSettings;
import dev.purser.ops.SweepSettings;
import dev.purser.payments.StripeSettings;

/**
 * Every setting of a node, read and checked. What each one does is written in {@code conf/purser.yaml}.
 *
 * @param dataDir where the embedded database and the sandbox keep their files
 * @param sandbox whether there are demo users
 */
public record Settings(Mode mode, Path dataDir, boolean sandbox, Http http, Management management, Tokens tokens,
        Database database, ClusterSettings cluster, LaneSettings lane, SweepSettings sweep, Earnings earnings,
        Catalog catalog, StripeSettings stripe, LiveSettings live) {

    /** What the service is run for. */
    public enum Mode {
        DEV,
        PRODUCTION
    }

    /**
     * The API's server.
     *
     * @param connections how many are kept at most
     * @param deadline when a request without an answer is given up
     * @param allowedOrigins web pages that may call it from a browser
     * @param buyUrl where a user can buy tokens
     */
    public record Http(String host, int port, int connections, Duration deadline, List<String> allowedOrigins,
            @Nullable URI buyUrl) {
    }

    /**
     * What creators earn.
     *
     * @param currency what the cents are of
     * @param safetyPeriod how old earned tokens must be to be paid out
     */
    public record Earnings(String currency, Duration safetyPeriod) {
    }

    /** The server of health and metrics. */
    public record Management(String host, int port) {
    }

    /** How callers' tokens are verified; an issuer or audience that is null is not checked. */
    public sealed interface Tokens {

        @Nullable
        String issuer();

        @Nullable
        String audience();

        /** HS256 by a secret of at least 32 bytes in UTF-8. */
        record Secret(String secret, @Nullable String issuer, @Nullable String audience) implements Tokens {

            /** What verifies tokens in dev mode when nothing else is set. No secret at all: it stands here. */
            public static final String DEV = "purser-dev-secret-that-everybody-knows";

            public boolean isDev() {
                return secret.equals(DEV);
            }

            @Override
            public String toString() {
                return "Secret[secret=(not shown), issuer=" + issuer + ", audience=" + audience + "]";
            }
        }

        /** RS256 or ES256 by the issuer's public key. */
        record PublicKey(java.security.PublicKey key, @Nullable String issuer, @Nullable String audience)
                implements
                    Tokens {
        }

        /** RS256 or ES256 by the keys that the issuer publishes. */
        record Jwks(URI url, @Nullable String issuer, @Nullable String audience) implements Tokens {
        }
    }

    /**
     * How the database is reached.
     *
     * @param url empty for the embedded one, whose URL is not known before it has been started
     */
    public record Database(Optional<String> url, int poolSize, int poolQueue, Duration statementTimeout,
            Duration commitDeadline) {

        public boolean embedded() {
            return url.isEmpty();
        }

        /** What the journal needs, for the database at {@code actualUrl}. */
        public DatabaseSettings at(String actualUrl) {
            return new DatabaseSettings(actualUrl, poolSize, poolQueue, statementTimeout, commitDeadline);
        }

        @Override
        public String toString() {
            return "Database[url=" + (embedded() ? "embedded" : "(not shown)") + ", poolSize=" + poolSize
                    + ", poolQueue=" + poolQueue + ", statementTimeout=" + statementTimeout + ", commitDeadline="
                    + commitDeadline + "]";
        }
    }
}
