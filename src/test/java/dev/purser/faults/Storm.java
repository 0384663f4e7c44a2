package dev.purser.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.purser.support.ClientLog.Heard;
import dev.purser.support.Intent;
import dev.purser.support.LoggingClient;

/** Many who ask for one and the same thing at the same time. */
final class Storm {

    private static final long PAUSE_NANOS = 20_000_000;
    private static final int TRIES = 100;

    private Storm() {
    }

    /** Comes back when each of so many callers has been told that it was carried out. */
    static void of(List<LoggingClient> nodes, Intent intent, int callers) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int first = i;
            threads.add(Thread.ofVirtual().start(() -> insist(nodes, intent, first)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void insist(List<LoggingClient> nodes, Intent intent, int first) {
        try {
            for (int node = first; node < first + TRIES; node++) {
                if (nodes.get(node % nodes.size()).send(intent) instanceof Heard.Acknowledged) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            throw new AssertionError("Expected " + intent + " to be carried out in the end");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
