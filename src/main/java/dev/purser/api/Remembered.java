package dev.purser.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.vertx.core.Future;

/**
 * What is known of others, remembered for a moment: of a creator who goes live a thousand fans want to know the same at once,
 * and it changes once in a lifetime. Used on one thread.
 */
final class Remembered<V> {

    private static final int MOST = 10_000;

    private final Function<String, Future<V>> source;
    private final Function<V, Duration> lasting;
    private final LongSupplier nanos;
    /** When nobody knows, one asks for all. */
    private final Map<String, Future<V>> asked = new HashMap<>();
    private final Map<String, Known<V>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<V>> eldest) {
            return size() > MOST;
        }
    };

    private record Known<V>(V value, long until) {
    }

    /**
     * Remembers what comes from {@code source}.
     *
     * @param lasting how long a value is good for
     */
    Remembered(Function<String, Future<V>> source, Function<V, Duration> lasting, LongSupplier nanos) {
        this.source = source;
        this.lasting = lasting;
        this.nanos = nanos;
    }

    Future<V> get(String id) {
        Known<V> before = known.get(id);
        if (before != null && before.until() - nanos.getAsLong() > 0) {
            return Future.succeededFuture(before.value());
        }
        Future<V> underWay = asked.get(id);
        return underWay == null ? ask(id) : underWay;
    }

    private Future<V> ask(String id) {
        Future<V> answer = source.apply(id).onSuccess(
                value -> known.put(id, new Known<>(value, nanos.getAsLong() + lasting.apply(value).toNanos())));
        asked.put(id, answer);
        return answer.onComplete(_ -> asked.remove(id));
    }
}
