package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Ten thousand open sockets: how soon a change is on its own screen, what an idle one weighs, what slow readers cost. */
final class Live {

    private static final String DATABASE = "live";
    private static final int WALLETS = 12_000;
    private static final int SCREENS = 10_000;
    private static final int CHANGES = 4_000;
    private static final int CHANGES_A_SECOND = 200;
    private static final double MOST_MILLIS = 100;
    private static final int SLOW = 1_000;
    private static final int SLOW_EACH = 20;
    private static final int SLOW_CHANGES = 100_000;
    private static final double MOST_SLOW_KILOBYTES = 64;
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    private final Stage stage;
    private final Report report;
    private final Random random;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient(new HttpClientOptions(),
            new PoolOptions().setHttp1MaxSize(256));

    Live(Stage stage, Report report, long seed) {
        this.stage = stage;
        this.report = report;
        this.random = new Random(seed);
    }

    /** A spend, when it was sent, and the version that it brought. */
    private record Change(String user, long sentAt, long version) {
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\nTen thousand open sockets");
        Contestant service = stage.service("Purser", DATABASE, WALLETS, 1, JVM);
        report.heading("Live");
        try (Screens screens = new Screens(vertx, service.port())) {
            warm(service);
            weigh(service, screens);
            List<Change> changes = change(service, users(0, SCREENS), CHANGES, CHANGES_A_SECOND);
            time(screens, changes);
        }
        slow(service);
        vertx.close().await();
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "w" + i).toList();
    }

    /** What the first clients cost is part of the service. */
    private void warm(Contestant service) throws InterruptedException {
        try (Screens first = new Screens(vertx, service.port())) {
            List<String> users = users(SCREENS, SCREENS + 500);
            first.open(users);
            List<Change> changes = change(service, users, 4_000, 2_000);
            awaitShown(first, changes);
        }
    }

    private void weigh(Contestant service, Screens screens) throws IOException, InterruptedException {
        long heap = service.liveBytes();
        long resident = resident(service);
        screens.open(users(0, SCREENS));
        double heapEach = (service.liveBytes() - heap) / (double) SCREENS;
        double residentEach = (resident(service) - resident) / (double) SCREENS;
        report.text(
                ("%,d sockets open at one node. An idle one, with its wallet in memory and watched: %.1f KB of heap after a "
                        + "full collection (%.1f KB of the process's memory in all).").formatted(SCREENS,
                                heapEach / 1e3,
                                residentEach / 1e3));
        System.out.printf("  an idle socket: %.1f KB of heap, %.1f KB resident%n", heapEach / 1e3, residentEach / 1e3);
    }

    private static long resident(Contestant service) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(service.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024).findFirst().orElse(0);
    }

    /** Spends one token here and there, at a steady pace. */
    private List<Change> change(Contestant service, List<String> users, int count, int aSecond)
            throws InterruptedException {
        List<Change> changes = Collections.synchronizedList(new ArrayList<>());
        Semaphore places = new Semaphore(256);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begun + i * (1_000_000_000L / aSecond);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            places.acquire();
            spend(service, users.get(random.nextInt(users.size())), changes, places);
        }
        places.acquire(256);
        return List.copyOf(changes);
    }

    private void spend(Contestant service, String user, List<Change> changes, Semaphore places) {
        long sentAt = System.nanoTime();
        RequestOptions request = new RequestOptions().setHost("127.0.0.1").setPort(service.port())
                .setMethod(HttpMethod.POST).setURI("/api/v1/tokens/spend")
                .addHeader("Authorization", "Bearer " + Screens.token(user))
                .addHeader("Content-Type", "application/json");
        http.request(request).compose(sent -> sent.send("{\"amount\":1}"))
                .compose(answer -> answer.body().map(body -> {
                    if (answer.statusCode() == 200) {
                        changes.add(new Change(user, sentAt, new JsonObject(body).getLong("version")));
                    }
                    return true;
                })).onComplete(_ -> places.release());
    }

    private void time(Screens screens, List<Change> changes) throws InterruptedException {
        awaitShown(screens, changes);
        double[] millis = changes.stream()
                .filter(change -> screens.shownAt(change.user(), change.version()) > 0)
                .mapToDouble(change -> (screens.shownAt(change.user(), change.version()) - change.sentAt()) / 1e6)
                .sorted().toArray();
        double late = millis[(int) (millis.length * 0.99)];
        report.text(
                ("%,d spends, %d a second, each of one of these users: from the moment a spend is sent over HTTP until the new "
                        + "balance is on its own socket p50 %.1f ms, p99 %.1f ms, at most %.1f ms; %,d were shown, the others had been "
                        + "overtaken by a later one.").formatted(changes.size(), CHANGES_A_SECOND,
                                millis[millis.length / 2], late,
                                Arrays.stream(millis).max().orElse(0), millis.length));
        report.target("%,d open sockets, a change to reach its own".formatted(SCREENS), "p99 100 ms",
                "p99 %.1f ms".formatted(late), late <= MOST_MILLIS && millis.length > changes.size() * 0.9);
    }

    /** Waits until the last version of each wallet is shown. */
    private static void awaitShown(Screens screens, List<Change> changes) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (Change change : changes) {
            while (screens.shownAt(change.user(), change.version()) == 0 && !isOvertaken(screens, change)) {
                if (System.nanoTime() > latest) {
                    throw new IllegalStateException("Expected " + change + " to be shown, but it was not");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static boolean isOvertaken(Screens screens, Change change) {
        return IntStream.rangeClosed(1, 20)
                .anyMatch(more -> screens.shownAt(change.user(), change.version() + more) > 0);
    }

    /** Those who do not read, while much happens to what they look at. */
    private void slow(Contestant service) throws IOException, InterruptedException {
        List<String> users = users(SCREENS + 500, SCREENS + 500 + SLOW / SLOW_EACH);
        try (Screens screens = new Screens(vertx, service.port())) {
            screens.open(Collections.nCopies(SLOW_EACH, users).stream().flatMap(List::stream).toList());
            long before = service.liveBytes();
            screens.stopReading();
            List<Change> changes = change(service, users, SLOW_CHANGES, 5_000);
            double each = (service.liveBytes() - before) / (double) SLOW / 1e3;
            report.text(
                    ("%,d sockets that do not read, while %,d changes come to what they show: %.1f KB of heap more for each; "
                            + "%d are still open.").formatted(SLOW, changes.size(), each, screens.open()));
            report.target("%,d slow readers".formatted(SLOW), "bounded: at most %.0f KB each".formatted(
                    MOST_SLOW_KILOBYTES), "%.1f KB".formatted(each), each <= MOST_SLOW_KILOBYTES);
        }
    }
}
