package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import dev.purser.support.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

/** A Redis that syncs each write to its file before it answers, where one is installed. */
record RedisServer(Process process, int port) implements AutoCloseable {

    private static final List<Path> FOLDERS = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of).toList();

    private static final String FILL = """
            for w = 0, ARGV[1] - 1 do
                redis.call('HSET', 'wallet:w' .. w, 'version', 1, 'balance', '1000000000000', 'held', 0, 'status', 'active', 'spent', 0)
            end
            return 'OK'""";

    static Optional<RedisServer> start(Path folder, int wallets) throws IOException {
        Optional<Path> program = FOLDERS.stream().map(path -> path.resolve("redis-server")).filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        int port = FreePorts.next();
        Process process = new ProcessBuilder(program.get().toString(), "--port", String.valueOf(port), "--bind",
                "127.0.0.1", "--dir", folder.toString(), "--appendonly", "yes", "--appendfsync", "always", "--save", "",
                "--auto-aof-rewrite-percentage", "0").redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        RedisServer server = new RedisServer(process, port);
        server.fill(wallets);
        return Optional.of(server);
    }

    /** Waits until it answers, too. */
    private void fill(int wallets) {
        Vertx vertx = Vertx.vertx();
        try {
            Redis client = Redis.createClient(vertx, url());
            Awaitility.await("Redis").atMost(Duration.ofSeconds(10)).ignoreExceptions()
                    .until(() -> client.send(Request.cmd(Command.PING)).await() != null);
            client.send(Request.cmd(Command.EVAL).arg(FILL).arg(0).arg(wallets)).await();
        } finally {
            vertx.close().await();
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
