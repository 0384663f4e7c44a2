package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.purser.lane.RateLimits;
import dev.purser.support.Defaults;
import dev.purser.wallet.EarningRate;
import dev.purser.wallet.Terms;
import dev.purser.wallet.TransferLimits;

class SettingsTest {

    private static final Map<String, String> DEV = Map.of("PURSER_DEFAULT_MODE", "dev");
    private static final Map<String, String> PRODUCTION = Map.of("PURSER_DATABASE_URL", "embedded",
            "PURSER_JWT_SECRET", "dev");

    /** Another value than the default, for every setting there is. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("mode", "dev"), Map.entry("data_dir", "/var/lib/purser"),
            Map.entry("catalog", Path.of("src/test/resources/other-catalog.yaml").toAbsolutePath().toString()),
            Map.entry("stripe.webhook_secret", "whsec_of_some_length"), Map.entry("stripe.live", "on"),
            Map.entry("stripe.secret_key", "sk_test_of_some_length"),
            Map.entry("stripe.api_base", "http://localhost:1"),
            Map.entry("stripe.deadline", "3s"), Map.entry("stripe.purchases_per_minute", "3"),
            Map.entry("stripe.open_purchases", "3"), Map.entry("stripe.declines", "3"),
            Map.entry("stripe.cool_down", "3m"), Map.entry("stripe.return_origins", "https://app.example.com"),
            Map.entry("stripe.tolerance", "7m"), Map.entry("stripe.gaps_every", "1m"),
            Map.entry("stripe.look_up_after", "3m"), Map.entry("stripe.refund_warned", "on"),
            Map.entry("refunds.given_on", "freeze"), Map.entry("refunds.given_on_age", "1h"),
            Map.entry("sandbox", "off"),
            Map.entry("lanes", "7"), Map.entry("rate_limits", "off"), Map.entry("limits.reads", "5 per 1s"),
            Map.entry("limits.writes", "6 per 2m"), Map.entry("limits.largest_transfer", "1"),
            Map.entry("limits.transfers_per_minute", "2"), Map.entry("limits.transfers_per_minute_to_one", "3"),
            Map.entry("limits.sent_per_day", "4"), Map.entry("limits.sent_per_day_to_one", "5"),
            Map.entry("calls.minute", "1s"), Map.entry("earnings.rate", "7 per 9"),
            Map.entry("earnings.currency", "eur"), Map.entry("payouts.least", "1"),
            Map.entry("payouts.safety_period", "1d"), Map.entry("payouts.review", "8d"),
            Map.entry("live.clients", "3"), Map.entry("live.clients_per_user", "2"), Map.entry("live.ping", "3s"),
            Map.entry("http.host", "10.0.0.1"),
            Map.entry("http.port", "80"), Map.entry("http.connections", "300"),
            Map.entry("http.deadline", "11s"),
            Map.entry("http.allowed_origins", "https://a.example, http://localhost:3000"),
            Map.entry("http.buy_url", "https://shop.example/tokens"), Map.entry("management.host", "10.0.0.2"),
            Map.entry("management.port", "81"), Map.entry("jwt.secret", "x".repeat(32)),
            Map.entry("jwt.jwks_url", "https://id.example/jwks"), Map.entry("jwt.public_key", publicKey()),
            Map.entry("jwt.issuer", "https://id.example"), Map.entry("jwt.audience", "purser"),
            Map.entry("database.url", "postgresql://u:p@db:5433/purser?sslmode=require"),
            Map.entry("database.pool_size", "9"), Map.entry("database.pool_queue", "0"),
            Map.entry("database.statement_timeout", "3s"), Map.entry("database.commit_deadline", "4500ms"),
            Map.entry("cluster.name", "purser-eu"), Map.entry("cluster.host", "10.0.0.3"),
            Map.entry("cluster.bus_port", "5703"), Map.entry("cluster.port", "5702"),
            Map.entry("cluster.members", "dns:purser-nodes"),
            Map.entry("cluster.delivery", "9600ms"), Map.entry("cluster.in_flight_per_peer", "1"),
            Map.entry("lane.mailbox_operations", "1"), Map.entry("lane.mailbox_bytes", "64KiB"),
            Map.entry("lane.queue_time", "100ms"),
            Map.entry("lane.batch_operations", "1"), Map.entry("lane.batch_bytes", "512B"),
            Map.entry("lane.patience", "3s"), Map.entry("lane.idle", "1h"), Map.entry("lane.wallets", "1"),
            Map.entry("lane.recent_keys", "0"), Map.entry("idempotency.client_keys_kept", "31d"),
            Map.entry("sweep.expiry_every", "2s"), Map.entry("sweep.expiry_wallets", "1"),
            Map.entry("sweep.expiry_in_flight", "1"), Map.entry("sweep.post_every", "2s"),
            Map.entry("sweep.post_after", "7s"), Map.entry("sweep.post_in_flight", "1"),
            Map.entry("sweep.keys_every", "1m"),
            Map.entry("sweep.keys_chunk", "1"));

    @TempDir
    Path folder;

    @Test
    void shouldHaveTheRoomsOwnDefaults() {
        Settings settings = read(DEV);

        assertThat(settings.lane()).usingRecursiveComparison().ignoringFields("rateLimits", "terms")
                .isEqualTo(Defaults.LANE);
        assertThat(settings.lane().rateLimits())
                .isEqualTo(new RateLimits(new RateLimits.Limit(1_200, 60), new RateLimits.Limit(600, 60)));
        assertThat(settings.lane().terms()).isEqualTo(new Terms(new TransferLimits(100_000, 60, 30, 1_000_000, 500_000),
                new EarningRate(50, 100), Duration.ofMinutes(1), 1_000, Duration.ofDays(30)));
        assertThat(settings.earnings()).isEqualTo(new Settings.Earnings("usd", Duration.ofDays(7)));
        assertThat(settings.database().at("postgresql://localhost/a"))
                .isEqualTo(Defaults.database("postgresql://localhost/a"));
        assertThat(settings.cluster().members()).isEmpty();
        assertThat(settings.cluster().lanes()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void shouldBeReadyToUseInDevMode() {
        Settings settings = read(DEV);

        assertThat(settings.mode()).isEqualTo(Settings.Mode.DEV);
        assertThat(settings.sandbox()).isTrue();
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.management()).isEqualTo(new Settings.Management("127.0.0.1", 9090));
        assertThat(settings.tokens())
                .isEqualTo(new Settings.Tokens.Secret(Settings.Tokens.Secret.DEV, null, null));
    }

    @Test
    void shouldOpenNothingInProductionThatWasNotNamed() {
        Settings settings = read(Map.of("PURSER_DATABASE_URL", "postgresql://db/purser", "PURSER_JWT_JWKS_URL",
                "https://id.example/jwks"));

        assertThat(settings.mode()).isEqualTo(Settings.Mode.PRODUCTION);
        assertThat(settings.sandbox()).isFalse();
        assertThat(settings.database().embedded()).isFalse();
        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.tokens())
                .isEqualTo(new Settings.Tokens.Jwks(URI.create("https://id.example/jwks"), null, null));
    }

    @ParameterizedTest
    @MethodSource("single")
    void shouldBeOverriddenByItsVariable(String path) {
        Map<String, String> base = baseFor(path);

        Settings settings = read(with(base, Variables.nameOf(path), valueOf(path)));

        assertThat(settings).isNotEqualTo(read(base));
    }

    @ParameterizedTest
    @MethodSource("single")
    void shouldBeOverriddenByTheFile(String path) throws Exception {
        Map<String, String> base = baseFor(path);
        Settings before = read(base);
        String value = path.equals("database.url") ? "postgresql://db/purser" : valueOf(path);
        int dot = path.indexOf('.');
        String quoted = "\"" + value.replace("\n", "\\n") + "\"";
        writeFile(dot < 0
                ? path + ": " + quoted
                : path.substring(0, dot) + ":\n  " + path.substring(dot + 1) + ": " + quoted);

        if (path.equals("jwt.secret") || path.equals("stripe.webhook_secret")
                || path.equals("stripe.secret_key")) {
            SettingsReaderTest.assertWrong(base, folder).withMessageContaining("Expected no secret");
        } else {
            assertThat(read(base)).isNotEqualTo(before);
        }
    }

    @Test
    void shouldHaveAVariableOfItsOwnForEachSetting() {
        Set<String> names = settings().map(Variables::nameOf).collect(Collectors.toSet());

        assertThat(names).hasSameSizeAs(YamlSettings.defaults().keySet());
        assertThat(names).contains("PURSER_MODE", "PURSER_HTTP_PORT", "PURSER_MANAGEMENT_PORT", "PURSER_DATABASE_URL",
                "PURSER_DATA_DIR", "PURSER_JWT_SECRET", "PURSER_JWT_JWKS_URL", "PURSER_JWT_PUBLIC_KEY",
                "PURSER_JWT_ISSUER", "PURSER_JWT_AUDIENCE", "PURSER_CLUSTER_PORT", "PURSER_CLUSTER_MEMBERS",
                "PURSER_LANES", "PURSER_RATE_LIMITS");
    }

    @Test
    void shouldSayWhatEachSettingDoes() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("conf", "purser.yaml"));

        for (int i = 1; i < lines.size(); i++) {
            boolean setting = lines.get(i).matches("[a-z_]+: \\S.*|  [a-z_]+:.*");
            if (setting) {
                assertThat(lines.get(i - 1)).as("the line before \"%s\"", lines.get(i)).matches("\\s*# .*");
            }
        }
    }

    /** All but those that only go together; see {@link TlsSettingsTest}. */
    static Stream<String> single() {
        return settings().filter(path -> !path.startsWith("cluster.tls_"));
    }

    static Stream<String> settings() {
        return YamlSettings.defaults().keySet().stream();
    }

    private static Map<String, String> baseFor(String path) {
        return switch (path) {
            case "mode" -> PRODUCTION;
            case "cluster.members" -> with(DEV, "PURSER_DATABASE_URL", "postgresql://db/purser");
            default -> DEV;
        };
    }

    private static String valueOf(String path) {
        return OTHER_VALUES.getOrDefault(path, "no value in this test for " + path);
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return more;
    }

    private Settings read(Map<String, String> environment) {
        return SettingsReader.read(environment, folder);
    }

    private void writeFile(String yaml) throws Exception {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/purser.yaml"), yaml);
    }

    static String publicKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(256);
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPublic().getEncoded())
                            .replace("\r", "")
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
