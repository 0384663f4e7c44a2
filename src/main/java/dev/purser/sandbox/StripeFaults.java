package dev.purser.sandbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * What the stand-in does wrong, as Stripe and the network before it may. Shares are in per cent; the same seed and the same
 * calls make the same faults.
 *
 * @param duplicated events that are sent twice
 * @param lost events that are never sent; the log of events has them
 * @param delay how late an event comes at most
 * @param reordered events that come after the next one
 * @param twinned events that come again under another id
 * @param failing calls that are answered 500, half of them after they were carried out
 * @param silent calls that are carried out and never answered
 * @param slowness how late a call is carried out at most
 */
public record StripeFaults(long seed, int duplicated, int lost, Duration delay, int reordered, int twinned, int failing,
        int silent, Duration slowness) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public static final StripeFaults NONE = seeded(0);

    public StripeFaults {
        for (int share : new int[]{duplicated, lost, reordered, twinned, failing, silent}) {
            if (share < 0 || share > 100) {
                throw new IllegalArgumentException("Expected shares from 0 to 100 per cent, but got " + share);
            }
        }
        for (Duration time : new Duration[]{delay, slowness}) {
            if (time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("Expected times up to " + LONGEST + ", but got " + time);
            }
        }
    }

    /** What is delivered wrongly; calls are answered well. */
    public StripeFaults(long seed, int duplicated, int lost, Duration delay) {
        this(seed, duplicated, lost, delay, 0, 0, 0, 0, Duration.ZERO);
    }

    /** No faults yet. */
    public static StripeFaults seeded(long seed) {
        return new StripeFaults(seed, 0, 0, Duration.ZERO);
    }

    public StripeFaults duplicated(int percent) {
        return new StripeFaults(seed, percent, lost, delay, reordered, twinned, failing, silent, slowness);
    }

    public StripeFaults lost(int percent) {
        return new StripeFaults(seed, duplicated, percent, delay, reordered, twinned, failing, silent, slowness);
    }

    public StripeFaults delayed(Duration atMost) {
        return new StripeFaults(seed, duplicated, lost, atMost, reordered, twinned, failing, silent, slowness);
    }

    public StripeFaults reordered(int percent) {
        return new StripeFaults(seed, duplicated, lost, delay, percent, twinned, failing, silent, slowness);
    }

    public StripeFaults twinned(int percent) {
        return new StripeFaults(seed, duplicated, lost, delay, reordered, percent, failing, silent, slowness);
    }

    public StripeFaults failing(int percent) {
        return new StripeFaults(seed, duplicated, lost, delay, reordered, twinned, percent, silent, slowness);
    }

    public StripeFaults silent(int percent) {
        return new StripeFaults(seed, duplicated, lost, delay, reordered, twinned, failing, percent, slowness);
    }

    public StripeFaults slow(Duration atMost) {
        return new StripeFaults(seed, duplicated, lost, delay, reordered, twinned, failing, silent, atMost);
    }

    /** Those that a form names; what it does not name is done well. */
    static StripeFaults of(StandInForm form) {
        for (String name : form.values().names()) {
            if (!NONE.json().containsKey(name)) {
                throw new IllegalArgumentException(
                        "Expected some of " + NONE.json().fieldNames() + ", but got " + name);
            }
        }
        return new StripeFaults(number(form, "seed"), share(form, "duplicated"), share(form, "lost"),
                Duration.ofMillis(number(form, "delay_ms")), share(form, "reordered"), share(form, "twinned"),
                share(form, "failing"), share(form, "silent"), Duration.ofMillis(number(form, "slowness_ms")));
    }

    private static int share(StandInForm form, String name) {
        return (int) Math.min(number(form, name), Integer.MAX_VALUE);
    }

    private static long number(StandInForm form, String name) {
        @Nullable
        String text = form.text(name);
        return form.whole(name).orElseGet(() -> {
            if (text == null) {
                return 0;
            }
            throw new IllegalArgumentException("Expected a whole number as " + name + ", but got " + text);
        });
    }

    JsonObject json() {
        return new JsonObject().put("seed", seed).put("duplicated", duplicated).put("lost", lost)
                .put("delay_ms", delay.toMillis()).put("reordered", reordered).put("twinned", twinned)
                .put("failing", failing).put("silent", silent).put("slowness_ms", slowness.toMillis());
    }
}
