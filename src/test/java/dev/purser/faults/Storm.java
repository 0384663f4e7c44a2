package dev.purser.faults;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.purser.support.ClientLog.Heard;
import dev.purser.support.Intent;
import dev.purser.support.LoggingClient;

/** Many who ask for one and the same thing at the same time. */
final class Storm {

    private static final long PAUSE_MILLIS = 20;
    private static final int TRIES = 100;

    private Storm() {
    }

    /** Comes back when each of so many callers has been told that it was carried out. */
    static void of(List<LoggingClient> nodes, Intent intent, int callers) throws InterruptedException {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Heard>> calls = IntStream.range(0, callers)
                    .<Callable<Heard>>mapToObj(first -> () -> insist(nodes, intent, first)).toList();
            for (Future<Heard> call : all.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("Expected everybody to be told that it was carried out", e.getCause());
        }
    }

    private static Heard insist(List<LoggingClient> nodes, Intent intent, int first) throws InterruptedException {
        for (int node = first; node < first + TRIES; node++) {
            Heard heard = nodes.get(node % nodes.size()).send(intent);
            if (heard instanceof Heard.Acknowledged) {
                return heard;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("Expected " + intent + " to be carried out in the end");
    }
}
