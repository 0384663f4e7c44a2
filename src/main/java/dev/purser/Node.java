package dev.purser;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.api.ApiRooms;
import dev.purser.api.contract.Contract;
import dev.purser.cluster.ClusterNode;
import dev.purser.journal.Accounts;
import dev.purser.journal.Database;
import dev.purser.journal.DatabaseSettings;
import dev.purser.journal.PgDeeds;
import dev.purser.journal.PgJournal;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.Reports;
import dev.purser.journal.Schema;
import dev.purser.journal.Sweeps;
import dev.purser.lane.Deeds;
import dev.purser.lane.Ids;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneLoop;
import dev.purser.live.LiveHub;
import dev.purser.live.LiveMeter;
import dev.purser.ops.HealthWatch;
import dev.purser.ops.ManagementServer;
import dev.purser.ops.Metrics;
import dev.purser.ops.MoneyWatch;
import dev.purser.ops.Readiness;
import dev.purser.ops.Sweeper;
import dev.purser.payments.StripeInbox;
import dev.purser.payments.StripeWebhook;
import dev.purser.payments.WebhookMeter;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.EmbeddedDatabase;
import dev.purser.sandbox.SandboxUsers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** One running service: its parts are started in order, and drained in the reverse one. */
final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String API = "api";
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration LEAVE = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Settings settings;
    private final StopSequence stopping = new StopSequence();
    /** For what has to go on in time however busy the lanes are. */
    private final Vertx aside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final Metrics metrics = new Metrics();
    private final Readiness readiness = new Readiness(HealthWatch.DATABASE, HealthWatch.CLUSTER, API);

    Node(Settings settings) {
        this.settings = settings;
    }

    /** Blocks until the service is ready, however long its database takes. */
    void start() throws Exception {
        int managementPort = startManagement();
        CompletableFuture<String> databaseUrl = CompletableFuture.supplyAsync(this::awaitDatabase,
                task -> Thread.ofPlatform().daemon().name("purser-database").start(task));
        if (!settings.cluster().members().isEmpty()) {
            // Who is first to join has all wallets at once, so it must be able to serve them by then.
            CompletableFuture.allOf(databaseUrl).join();
        }
        ClusterNode cluster = await(ClusterNode.join(settings.cluster()));
        stopping.add("leave the cluster", LEAVE, cluster::leave);
        DatabaseSettings at = settings.database().at(databaseUrl.join());
        Database database = new Database(cluster.vertx(), at);
        stopping.add("close the database", END, database::close);
        checkDurability(database);
        // A node whose lanes are busy must not become unsure of what it owns for that.
        startLanes(cluster, database, new PgDeeds(aside, new Database(aside, at),
                settings.cluster().members().isEmpty() ? PgDeeds.ALONE : Duration.ZERO));
        Accounts accounts = new Accounts(database.reads());
        int apiPort = startApi(cluster, database, accounts);
        startSweeper(cluster, database);
        HealthWatch health = new HealthWatch(cluster.vertx(), database, cluster::trouble, readiness);
        health.start();
        stopping.add("stop watching health", END, health::stop);
        if (settings.sandbox() && settings.tokens() instanceof Settings.Tokens.Secret secret
                && (secret.isDev() || settings.mode() == Settings.Mode.DEV)) {
            System.out.println(await(new Greeting(settings, secret)
                    .greet(cluster.wallets(), accounts, apiPort, managementPort)));
        }
        stopping.add("say that it leaves", END, () -> {
            LOG.info("Draining: finishing what was taken in, taking in no more");
            readiness.draining();
            return Future.succeededFuture();
        });
        // Last of all: a node that is busy starting would let callers wait whom another can serve.
        await(cluster.takeShare());
        readiness.ready(API);
        LOG.info("Ready: {} on port {}, health and metrics on port {}", settings.mode(), apiPort, managementPort);
    }

    /** Answers what was accepted, commits, leaves. Blocks; answers whether all went well. */
    boolean stop() {
        return stopping.run();
    }

    /** First of all, on an event loop of its own: it must answer while the rest waits for the database. */
    private int startManagement() {
        stopping.add("stop the management server", END, aside::close);
        return await(new ManagementServer(aside, readiness, metrics::scrape)
                .start(settings.management().host(), settings.management().port()));
    }

    private String startDatabase() {
        return settings.database().url().orElseGet(() -> {
            try {
                EmbeddedDatabase embedded = EmbeddedDatabase.start(settings.dataDir());
                stopping.add("stop the embedded database", END, () -> {
                    embedded.close();
                    return Future.succeededFuture();
                });
                return embedded.url();
            } catch (IOException e) {
                throw new IllegalStateException("Could not start the embedded database in " + settings.dataDir(), e);
            }
        });
    }

    /** Blocks until the database is there, with a schema that is up to date; answers its URL. */
    private String awaitDatabase() {
        String url = startDatabase();
        try {
            Schema.migrateWhenReachable(url, why -> {
                LOG.warn("Waiting for the database. {}", why);
                readiness.waiting(HealthWatch.DATABASE, why);
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the database", stopped);
        }
        return url;
    }

    private void checkDurability(Database database) {
        List<String> weaknesses = await(database.weaknesses());
        if (!weaknesses.isEmpty()) {
            LOG.warn("This database may lose what was acknowledged when its machine fails: {}", weaknesses);
        }
        readiness.ready(HealthWatch.DATABASE);
    }

    private void startLanes(ClusterNode cluster, Database database, Deeds deeds) {
        List<PgJournal> journals = new ArrayList<>();
        await(cluster.startLanes(loop -> lane(loop, cluster, database, journals), deeds));
        var _ = await(Future.join(journals.stream().map(PgJournal::warmUp).toList()).otherwise(later -> {
            LOG.warn("Could not try out the lanes' connections, starting all the same: {}", later.toString());
            return null;
        }));
        stopping.add("close the lanes' connections", END,
                () -> Future.join(journals.stream().map(PgJournal::close).toList()));
        stopping.add("give up its wallets", END, cluster::giveUp);
        stopping.add("finish what the lanes took in", DRAIN, cluster.lanes()::drain);
        stopping.add("hand its wallets over", DRAIN, cluster::handOver);
        metrics.watchLanes(cluster.lanes().views());
        metrics.watchDatabase(database::connections, settings.database().poolSize());
    }

    private Lane lane(LaneLoop loop, ClusterNode cluster, Database database, List<PgJournal> journals) {
        PgJournal journal = new PgJournal(cluster.vertx(), database);
        synchronized (journals) {
            journals.add(journal);
        }
        return new Lane(loop, journal, cluster.territory(), settings.lane(), metrics, Ids::next);
    }

    private int startApi(ClusterNode cluster, Database database, Accounts accounts) {
        Contract contract = Contract.load();
        PaymentParts payments = new PaymentParts(settings, cluster.vertx(), PaymentTables.of(database.reads()),
                cluster.wallets(), metrics::purchase);
        await(payments.start());
        stopping.add("close the till", END, payments::stop);
        LiveHub live = new LiveHub(settings.live());
        live.open(await(cluster.watch(live)));
        metrics.watchLive(live::clients);
        StripeInbox inbox = payments.inbox(contract.walletIds());
        WebhookMeter webhooks = webhookMeter();
        ApiParts api = new ApiParts(settings, contract,
                withSandbox(payments,
                        new ApiRooms(cluster.wallets(), new Reports(database.reads()), accounts, settings.catalog(),
                                payments.till(), payments.purchases(), metrics::answered, Map.of(StripeWebhook.PATH,
                                        payments.webhook(inbox, webhooks)),
                                inbox::replay, cluster::report)),
                new ApiParts.Live(live, liveMeter()));
        int port = await(api.start(cluster.vertx()));
        payments.listening(port);
        payments.startRounds(inbox, cluster.territory()::owns, webhooks);
        stopping.add("end looking after payments", END, payments::stopRounds);
        stopping.add("finish the requests under way", DRAIN.plus(END), () -> api.stop(DRAIN));
        stopping.add("send away who looks on", END, () -> {
            live.close();
            return Future.succeededFuture();
        });
        return port;
    }

    /** In development mode the pages are told who one can be. */
    private ApiRooms withSandbox(PaymentParts payments, ApiRooms rooms) {
        return settings.mode() == Settings.Mode.DEV && settings.sandbox()
                && settings.tokens() instanceof Settings.Tokens.Secret(var secret, var issuer, var audience)
                        ? rooms.mounting(SandboxUsers.PATH, new SandboxUsers(
                                now -> new DemoTokens(secret, issuer, audience, now), payments.standInUrl()))
                        : rooms;
    }

    private LiveMeter liveMeter() {
        return new LiveMeter() {
            @Override
            public void shown() {
                metrics.liveShown();
            }

            @Override
            public void ended(String why) {
                metrics.liveEnded(why);
            }
        };
    }

    private WebhookMeter webhookMeter() {
        return new WebhookMeter() {
            @Override
            public void heard(String provider, String fate, long nanos) {
                metrics.webhook(provider, fate, nanos);
            }

            @Override
            public void healed(String provider, String fate) {
                metrics.healed(provider, fate);
            }
        };
    }

    private void startSweeper(ClusterNode cluster, Database database) {
        Sweeper sweeper = new Sweeper(cluster.vertx(), new Sweeps(database.reads()), cluster.wallets(),
                cluster.territory()::owns, settings.sweep(), InstantSource.system());
        sweeper.start();
        MoneyWatch money = new MoneyWatch(cluster.vertx(), new Reports(database.reads()));
        metrics.watchMoney(money::sums);
        money.start();
        stopping.add("end adding up", END, money::stop);
        stopping.add("end the sweeps", END, sweeper::stop);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Expected a start within " + START, e);
        }
    }
}
