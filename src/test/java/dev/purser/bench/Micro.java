package dev.purser.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import dev.purser.cluster.WireCodecBenchmark;
import dev.purser.wallet.RulesBenchmark;

/** What one core does without any input or output: the rules and the codecs, by JMH. */
final class Micro {

    private static final double LEAST_DECISIONS = 1_000_000;
    private static final List<String> BENCHMARKS = List.of(RulesBenchmark.class.getName(),
            WireCodecBenchmark.class.getName(), "dev.purser.api.JsonBenchmark");

    private final Report report;

    Micro(Report report) {
        this.report = report;
    }

    private static Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder().mode(Mode.Throughput).timeUnit(TimeUnit.SECONDS).forks(1)
                .warmupIterations(3).warmupTime(TimeValue.seconds(1)).measurementIterations(5)
                .measurementTime(TimeValue.seconds(1)).jvmArgsAppend("-Xmx512m");
        BENCHMARKS.forEach(options::include);
        return options.build();
    }

    void run() throws RunnerException {
        Collection<RunResult> results = new Runner(options()).run();
        List<List<String>> rows = new ArrayList<>();
        double least = Double.MAX_VALUE;
        for (RunResult result : results) {
            BenchmarkParams what = result.getParams();
            double score = result.getPrimaryResult().getScore();
            String name = what.getBenchmark().replaceFirst("dev\\.purser\\.", "");
            String lots = what.getParamsKeys().contains("lots") ? ", %s lots".formatted(what.getParam("lots")) : "";
            rows.add(List.of(name + lots, "%,.0f".formatted(score),
                    "%.1f %%".formatted(100 * result.getPrimaryResult().getScoreError() / score)));
            least = name.contains("RulesBenchmark") ? Math.min(least, score) : least;
        }
        report.heading("One core, in memory");
        report.table(List.of("what (JMH)", "a second", "error, 99.9 %"), rows);
        report.target("deciding in memory on one core, a second (least of 1, 8, 100 lots)",
                "%,.0f".formatted(LEAST_DECISIONS), "%,.0f".formatted(least), least >= LEAST_DECISIONS);
    }
}
