package dev.purser;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.purser.cluster.ClusterSettings;
import dev.purser.journal.Orders;
import dev.purser.lane.LaneSettings;
import dev.purser.lane.RateLimits;
import dev.purser.live.LiveSettings;
import dev.purser.ops.SweepSettings;
import dev.purser.payments.GivenOnPolicy;
import dev.purser.payments.StripeSettings;
import dev.purser.wallet.Terms;
import dev.purser.wallet.TransferLimits;

/** Makes settings of what {@code conf/purser.yaml} and the environment say. */
public final class SettingsReader {

    private static final Notation<Settings.Mode> MODE = Notation
            .oneOf(Map.of("dev", Settings.Mode.DEV, "production", Settings.Mode.PRODUCTION), "dev or production");
    private static final Notation<Boolean> FREEZES = Notation.oneOf(Map.of("debt", false, "freeze", true),
            "debt or freeze");
    private static final Notation<String> TEXT = new Notation<>("some text",
            text -> Optional.of(text).filter(some -> !some.isEmpty()));
    private static final Notation<String> DATABASE = new Notation<>(
            "postgresql://user:password@host:5432/database, or embedded",
            text -> Optional.of(text).filter(url -> url.equals("embedded") || isDatabase(url)));
    private static final Notation<Optional<String>> AUTO_HOST = new Notation<>("an address of this machine",
            text -> Optional.of(Optional.of(text).filter(host -> !host.isEmpty()))).orAuto(Optional.empty());
    private static final Set<String> LOG_LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private final Map<String, String> environment;
    private final Path folder;
    private final Problems problems = new Problems();
    private final Values values;
    private final Settings.Mode mode;

    private SettingsReader(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
        this.values = Values.gather(environment, folder, problems);
        this.mode = values.read("mode", MODE.orAuto(defaultMode()));
    }

    /**
     * Reads all settings.
     *
     * @param folder the working directory, where {@code conf/purser.yaml} and {@code conf/catalog.yaml} may be
     * @throws WrongSettings saying all that is wrong with them
     */
    public static Settings read(Map<String, String> environment, Path folder) {
        return new SettingsReader(environment, folder).read();
    }

    private Settings read() {
        checkLogLevel();
        boolean dev = mode == Settings.Mode.DEV;
        String host = dev ? "127.0.0.1" : "0.0.0.0";
        Settings settings = new Settings(mode, Path.of(values.read("data_dir", TEXT)),
                values.read("sandbox", Notation.SWITCH.orAuto(dev)),
                new Settings.Http(values.read("http.host", TEXT.orAuto(host)), values.read("http.port", Notation.PORT),
                        count("http.connections"),
                        values.read("http.deadline", Notation.DURATION),
                        values.read("http.allowed_origins", Notation.ORIGINS),
                        values.readOptional("http.buy_url", Notation.URL).orElse(null)),
                new Settings.Management(values.read("management.host", TEXT.orAuto(host)),
                        values.read("management.port", Notation.PORT)),
                new TokenSettings(values, problems, mode).read(), database(), cluster(), lane(), sweep(),
                new Settings.Earnings(values.read("earnings.currency", Notation.CURRENCY),
                        values.read("payouts.safety_period", Notation.DURATION)),
                new CatalogSetting(values, problems, folder).read(),
                stripe(dev), live());
        new CrossChecks(values, problems).check(settings);
        problems.throwIfAny();
        return settings;
    }

    private LiveSettings live() {
        return new LiveSettings(count("live.clients"), count("live.clients_per_user"),
                values.read("live.ping", Notation.DURATION),
                Set.copyOf(values.read("http.allowed_origins", Notation.ORIGINS)));
    }

    private StripeSettings stripe(boolean dev) {
        return new StripeSettings(
                values.readOptional("stripe.webhook_secret", Notation.WEBHOOK_SECRETS).orElse(List.of()),
                values.read("stripe.live", Notation.SWITCH.orAuto(!dev)),
                values.read("stripe.tolerance", Notation.DURATION),
                values.readOptional("stripe.secret_key", Notation.STRIPE_KEY).orElse(null),
                values.readOptional("stripe.api_base", Notation.URL).orElse(null),
                values.read("stripe.deadline", Notation.DURATION),
                new Orders.Limits(count("stripe.purchases_per_minute"), count("stripe.open_purchases"),
                        count("stripe.declines"), values.read("stripe.cool_down", Notation.DURATION)),
                values.read("stripe.return_origins", Notation.ORIGINS),
                new StripeSettings.Upkeep(values.read("stripe.gaps_every", Notation.DURATION),
                        values.read("stripe.look_up_after", Notation.DURATION),
                        values.read("stripe.refund_warned", Notation.SWITCH)),
                new GivenOnPolicy(values.read("refunds.given_on", FREEZES),
                        values.read("refunds.given_on_age", Notation.DURATION)));
    }

    private Settings.Database database() {
        Optional<String> url = values.readOptional("database.url", DATABASE);
        if (values.find("database.url").isEmpty() && mode == Settings.Mode.PRODUCTION) {
            problems.add("database.url", "not set", "Expected a database, but found none; set "
                    + "PURSER_DATABASE_URL=postgresql://user:password@host:5432/database "
                    + "(or PURSER_DATABASE_URL_FILE), "
                    + "or PURSER_DATABASE_URL=embedded if production is really to run on the built-in one");
        }
        return new Settings.Database(url.filter(text -> !text.equals("embedded")), count("database.pool_size"),
                values.read("database.pool_queue", Notation.count(0)),
                values.read("database.statement_timeout", Notation.DURATION),
                values.read("database.commit_deadline", Notation.DURATION));
    }

    private ClusterSettings cluster() {
        return new ClusterSettings(values.read("cluster.name", Notation.NAME),
                values.read("cluster.host", AUTO_HOST).orElse(null), values.read("cluster.port", Notation.PORT),
                values.read("cluster.bus_port", Notation.PORT), values.read("cluster.members", Notation.MEMBERS),
                values.read("lanes", Notation.count(1).orAuto(Runtime.getRuntime().availableProcessors())),
                values.read("cluster.delivery", Notation.DURATION), count("cluster.in_flight_per_peer"),
                new TlsSettings(values, problems).read());
    }

    private LaneSettings lane() {
        boolean limited = values.read("rate_limits", Notation.SWITCH);
        RateLimits limits = new RateLimits(values.read("limits.reads", Notation.LIMIT),
                values.read("limits.writes", Notation.LIMIT));
        return new LaneSettings(count("lane.mailbox_operations"), values.read("lane.mailbox_bytes", Notation.SIZE),
                values.read("lane.queue_time", Notation.DURATION), count("lane.batch_operations"),
                values.read("lane.batch_bytes", Notation.SIZE),
                values.read("lane.patience", Notation.DURATION), values.read("lane.idle", Notation.DURATION),
                count("lane.wallets"), values.read("lane.recent_keys", Notation.count(0)),
                limited ? limits : RateLimits.OFF, terms(limited));
    }

    private Terms terms(boolean limited) {
        TransferLimits limits = new TransferLimits(values.read("limits.largest_transfer", Notation.TOKENS),
                count("limits.transfers_per_minute"), count("limits.transfers_per_minute_to_one"),
                values.read("limits.sent_per_day", Notation.TOKENS),
                values.read("limits.sent_per_day_to_one", Notation.TOKENS));
        return new Terms(limited ? limits : TransferLimits.NONE, values.read("earnings.rate", Notation.RATE),
                values.read("calls.minute", Notation.DURATION), values.read("payouts.least", Notation.TOKENS),
                values.read("payouts.review", Notation.DURATION));
    }

    private SweepSettings sweep() {
        return new SweepSettings(values.read("sweep.expiry_every", Notation.DURATION), count("sweep.expiry_wallets"),
                count("sweep.expiry_in_flight"), values.read("sweep.post_every", Notation.DURATION),
                values.read("sweep.post_after", Notation.DURATION), count("sweep.post_in_flight"),
                values.read("sweep.keys_every", Notation.DURATION),
                count("sweep.keys_chunk"), values.read("idempotency.client_keys_kept", Notation.DURATION));
    }

    private int count(String path) {
        return values.read(path, Notation.count(1));
    }

    private Settings.Mode defaultMode() {
        Found found = variable(Variables.DEFAULT_MODE);
        Optional<Settings.Mode> parsed = MODE.parse(found.text());
        if (parsed.isEmpty() && !found.isEmpty()) {
            problems.wrong(found, MODE.expected());
        }
        return parsed.orElse(Settings.Mode.PRODUCTION);
    }

    /** The log reads its level by itself and takes an unknown one for DEBUG; so it is checked here. */
    private void checkLogLevel() {
        Found level = variable(Variables.LOG_LEVEL);
        if (!level.isEmpty() && !LOG_LEVELS.contains(level.text().toUpperCase(Locale.ROOT))) {
            problems.wrong(level, "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
    }

    private Found variable(String name) {
        return new Found(name, environment.getOrDefault(name, "").strip(), "environment");
    }

    private static boolean isDatabase(String text) {
        try {
            URI url = new URI(text);
            return ("postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme()))
                    && url.getHost() != null && url.getRawPath().length() > 1;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
