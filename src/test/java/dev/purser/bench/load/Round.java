package dev.purser.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** One thread's part of a round of load: its connections, served by turns. */
final class Round implements Callable<Heard>, AutoCloseable {

    private static final long OPEN_LOOP_PAUSE_NANOS = 30_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Requests requests;
    private final Selector selector = Selector.open();
    private final List<Caller> callers = new ArrayList<>();
    private final Deque<Caller> free = new ArrayDeque<>();
    private final Histogram latencies = Heard.histogram();
    private final long lastingNanos;
    private final double nanosBetween;
    private long begun;
    private long end;
    private long due;
    private long underWay;
    private long spends;
    private long looks;
    private long failed;
    private String example = "";

    Round(Work work, Requests requests, int thread) throws IOException {
        this.requests = requests;
        int threads = work.threads();
        int share = work.callers() / threads + (thread < work.callers() % threads ? 1 : 0);
        for (int i = 0; i < share; i++) {
            callers.add(new Caller(work.port(), selector));
        }
        this.lastingNanos = work.lasting().toNanos();
        this.nanosBetween = work.perSecond() == 0 ? 0 : 1e9 * threads / work.perSecond();
    }

    @Override
    public Heard call() throws IOException {
        begun = System.nanoTime();
        end = begun + lastingNanos;
        if (nanosBetween > 0) {
            openLoop();
        } else {
            closedLoop();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        while (underWay > 0) {
            long answered = underWay;
            selector.select(key -> receive((Caller) key.attachment()), PATIENCE_MILLIS);
            if (answered == underWay) {
                failed += underWay;
                example = "No answer within " + PATIENCE_MILLIS + " ms";
                break;
            }
        }
        return new Heard(seconds, latencies, spends, looks, failed, example);
    }

    private void closedLoop() throws IOException {
        for (Caller caller : callers) {
            send(caller, System.nanoTime());
        }
        while (System.nanoTime() < end) {
            selector.select(key -> {
                Caller caller = (Caller) key.attachment();
                if (receive(caller)) {
                    send(caller, System.nanoTime());
                }
            }, PATIENCE_MILLIS);
        }
    }

    /** What is due is sent as soon as a connection is free; how long it waited for one is part of its latency. */
    private void openLoop() throws IOException {
        free.addAll(callers);
        long now = begun;
        while (now < end) {
            int answered = free.isEmpty()
                    ? selector.select(this::receiveAndFree, PATIENCE_MILLIS)
                    : selector.selectNow(this::receiveAndFree);
            now = System.nanoTime();
            long time = dueAt();
            while (time <= now && !free.isEmpty()) {
                send(free.remove(), time);
                due++;
                time = dueAt();
            }
            if (answered == 0 && time > now) {
                LockSupport.parkNanos(Math.min(time - now, OPEN_LOOP_PAUSE_NANOS));
            }
        }
    }

    private void receiveAndFree(SelectionKey key) {
        Caller caller = (Caller) key.attachment();
        if (receive(caller)) {
            free.add(caller);
        }
    }

    private long dueAt() {
        return begun + (long) (due * nanosBetween);
    }

    private void send(Caller caller, long since) {
        try {
            caller.send(requests, since);
            underWay++;
        } catch (IOException e) {
            fail(e);
        }
    }

    @CanIgnoreReturnValue
    private boolean receive(Caller caller) {
        try {
            if (!caller.receive()) {
                return false;
            }
        } catch (IOException e) {
            fail(e);
            return false;
        }
        underWay--;
        long now = System.nanoTime();
        if (!caller.isGood()) {
            failed++;
            example = caller.text();
        } else if (now <= end) {
            latencies.recordValue(Math.min(now - caller.since(), Heard.LONGEST_NANOS));
            if (caller.spends()) {
                spends++;
            } else {
                looks++;
            }
        }
        return true;
    }

    private static void fail(IOException e) {
        throw new IllegalStateException("Expected to be served", e);
    }

    @Override
    public void close() throws IOException {
        for (Caller caller : callers) {
            caller.close();
        }
        selector.close();
    }
}
