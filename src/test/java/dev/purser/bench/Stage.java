package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.purser.bench.load.LoadProcess;
import dev.purser.bench.load.Work;
import dev.purser.bench.rivals.RivalKind;
import dev.purser.bench.rivals.RivalTables;
import dev.purser.journal.Schema;
import dev.purser.support.NodeProcess;

/** All that runs while the benchmark does: PostgreSQL, the service, its rivals, the load. */
final class Stage implements AutoCloseable {

    static final int WALLETS = 100_000;
    static final String RIVALS = "rivals";

    /** How many connections are tried, for each. */
    private static final Map<RivalKind, List<Integer>> CONNECTIONS = new EnumMap<>(Map.of(
            RivalKind.ROW_LOCK, List.of(4, 8, 16, 32, 64),
            RivalKind.FUNCTION, List.of(2, 4, 8, 16, 32),
            RivalKind.STATEMENT, List.of(1, 2, 3, 4, 8, 16, 24, 32),
            RivalKind.TIP, List.of(2, 4, 8, 16, 32, 64),
            RivalKind.TIP_LAST, List.of(2, 4, 8, 16, 32, 64),
            RivalKind.REDIS, List.of(1, 2, 4, 8),
            RivalKind.NOTHING, List.of(1),
            RivalKind.CONSTANT, List.of(1)));

    private final Path folder;
    private final Postgres postgres;
    private final Processes processes;
    private final LoadProcess load;
    private final Optional<RedisServer> redis;
    private final Map<RivalKind, List<Contestant>> rivals = new EnumMap<>(RivalKind.class);
    private final Contestant service;

    Stage(Path folder) throws IOException {
        this.folder = folder;
        postgres = Postgres.start(folder.resolve("postgres"));
        processes = new Processes(folder);
        load = LoadProcess.start(NodeProcess.SECRET);
        redis = RedisServer.start(folder.resolve("redis"), WALLETS);
        if (redis.isEmpty()) {
            System.out.println("No redis-server is installed, so there is no comparison with Redis");
        }
        postgres.create(RIVALS);
        postgres.execute(RIVALS, RivalTables.SQL);
        Fill.rivals(postgres, RIVALS, WALLETS);
        service = service("Purser", "purser", WALLETS, 1, Processes.JVM);
    }

    private List<Contestant> start(RivalKind kind) {
        List<Integer> connections = CONNECTIONS.getOrDefault(kind, List.of());
        if (kind != RivalKind.REDIS) {
            return processes.rival(kind, postgres.url(RIVALS), postgres.pid(), connections);
        }
        return redis.map(server -> processes.rival(kind, server.url(), server.process().pid(), connections))
                .orElse(List.of());
    }

    /** A node of the service on a database of its own, with so many wallets in it. */
    Contestant service(String name, String database, int wallets, int entriesEach, List<String> jvm) {
        return service(name, NodeProcess.JAR, database, wallets, entriesEach, jvm);
    }

    /** The same, of whatever build. */
    Contestant service(String name, Path jar, String database, int wallets, int entriesEach, List<String> jvm) {
        postgres.create(database);
        Schema.migrate(postgres.url(database));
        Fill.service(postgres, database, wallets, entriesEach);
        Fill.creator(postgres, database);
        return processes.service(name, jar, postgres, database, jvm);
    }

    Contestant service() {
        return service;
    }

    Postgres postgres() {
        return postgres;
    }

    /** Gives a service the first processor, and PostgreSQL and the load the others, so that neither takes from the other. */
    void keepApart(Contestant contestant) throws IOException {
        ProcessHandle database = ProcessHandle.of(contestant.storePid()).orElseThrow();
        pin("0", Stream.of(ProcessHandle.of(contestant.pid()).orElseThrow()));
        pin("1-" + (Runtime.getRuntime().availableProcessors() - 1),
                Stream.concat(Stream.of(load.handle(), database), database.descendants()));
    }

    private static void pin(String processors, Stream<ProcessHandle> processes) throws IOException {
        for (ProcessHandle each : processes.toList()) {
            int code = new ProcessBuilder("taskset", "-acp", processors, String.valueOf(each.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().onExit().join().exitValue();
            if (code != 0) {
                throw new IOException("Expected taskset to keep a process on processor " + processors);
            }
        }
    }

    Driven driven(Contestant contestant, Work work) {
        return new Driven(contestant, work, load, postgres);
    }

    /** A rival under this load, once for each number of connections; none if it is not installed. Started when first asked for. */
    List<Driven> sizes(RivalKind kind, Work work) {
        List<Driven> sizes = new ArrayList<>();
        rivals.computeIfAbsent(kind, this::start).forEach(contestant -> sizes.add(driven(contestant, work)));
        return sizes;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        load.close();
        processes.close();
        redis.ifPresent(RedisServer::close);
        postgres.close();
    }
}
