package dev.purser.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

import org.HdrHistogram.Histogram;

/** The rounds of one contestant at one shape of load. */
record Series(String contestant, List<Sample> samples) {

    double perSecond() {
        return median(sample -> sample.heard().perSecond());
    }

    /** The least and the most, as shares of the median. */
    String spread() {
        double median = perSecond();
        return "%+.0f/%+.0f %%".formatted(
                100 * (samples.stream().mapToDouble(sample -> sample.heard().perSecond()).min().orElse(0) / median - 1),
                100 * (samples.stream().mapToDouble(sample -> sample.heard().perSecond()).max().orElse(0) / median
                        - 1));
    }

    /** Over all rounds together, in microseconds. */
    double percentile(double percent) {
        Histogram all = samples.getFirst().heard().latencies().copy();
        samples.stream().skip(1).forEach(sample -> all.add(sample.heard().latencies()));
        return all.getValueAtPercentile(percent) / 1e3;
    }

    double serviceMicros() {
        return perRequest(used -> used.service() * 1e6);
    }

    double storeMicros() {
        return perRequest(used -> used.store() * 1e6);
    }

    double walBytes() {
        return perRequest(Gauges::walBytes);
    }

    double commits() {
        return perRequest(Gauges::commits);
    }

    long failed() {
        return samples.stream().mapToLong(sample -> sample.heard().failed()).sum();
    }

    @Override
    public String toString() {
        return "%-26s %,9.0f/s (%s)  p50 %,.0f  p99 %,.0f  p99.9 %,.0f us   cpu %.1f + %.1f us, wal %,.0f B, commits %.3f"
                .formatted(contestant, perSecond(), spread(), percentile(50), percentile(99), percentile(99.9),
                        serviceMicros(), storeMicros(), walBytes(), commits());
    }

    private double perRequest(ToDoubleFunction<Gauges> gauge) {
        return median(sample -> gauge.applyAsDouble(sample.used())
                / Math.max(1, sample.heard().spends() + sample.heard().looks()));
    }

    private double median(ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
}
