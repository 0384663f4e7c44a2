package dev.purser.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** A timer for each route and status, made when first needed and then found without allocating. */
final class RequestTimers {

    private static final int LEAST_STATUS = 100;
    private static final int STATUSES = 500;

    private final MeterRegistry registry;
    private final Map<String, AtomicReferenceArray<@Nullable Timer>> routes = new ConcurrentHashMap<>();

    RequestTimers(MeterRegistry registry) {
        this.registry = registry;
    }

    Timer of(String route, int status) {
        AtomicReferenceArray<@Nullable Timer> timers = routes.get(route);
        if (timers == null) {
            timers = routes.computeIfAbsent(route, _ -> new AtomicReferenceArray<>(STATUSES));
        }
        int index = Math.clamp(status - LEAST_STATUS, 0, STATUSES - 1);
        Timer timer = timers.get(index);
        if (timer == null) {
            timer = create(route, index + LEAST_STATUS);
            timers.set(index, timer);
        }
        return timer;
    }

    private Timer create(String route, int status) {
        return Timer.builder("purser.http.requests")
                .description("Requests by route and status, and how long their answers took.")
                .tags("route", route, "status", Integer.toString(status))
                .serviceLevelObjectives(Metrics.BUCKETS)
                .register(registry);
    }
}
