package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out, as Markdown and as charts. */
final class Report {

    private final List<List<String>> targets = new ArrayList<>();
    private final StringBuilder details = new StringBuilder();
    private final Map<String, Chart> charts = new LinkedHashMap<>();
    private final String conditions;

    Report(String conditions) {
        this.conditions = conditions;
    }

    /** A ratio that should be at least, or for a cost at most, what was aimed at. */
    void target(String measure, String wanted, String seen, boolean met) {
        targets.add(List.of(measure, wanted, seen, met ? "yes" : "**no**"));
        System.out.printf("  => %s: wanted %s, seen %s%s%n", measure, wanted, seen, met ? "" : "  MISSED");
    }

    void heading(String title) {
        details.append("\n## ").append(title).append("\n\n");
    }

    void text(String text) {
        details.append(text).append("\n\n");
    }

    void table(List<String> columns, List<List<String>> rows) {
        details.append(rendered(columns, rows)).append('\n');
    }

    void chart(String file, String caption, Chart chart) {
        charts.put(file, chart);
        details.append("![%s](%s.svg)\n\n".formatted(caption, file));
    }

    /** The measures that the project holds itself to. */
    String targets() {
        return rendered(List.of("measure", "aimed at", "seen", "met"), targets);
    }

    String markdown() {
        return "# Figures\n\n" + conditions + "\n" + targets() + details;
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("figures.md"), markdown());
        for (Map.Entry<String, Chart> chart : charts.entrySet()) {
            Files.writeString(folder.resolve(chart.getKey() + ".svg"), chart.getValue().svg());
        }
    }

    private static String rendered(List<String> columns, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(columns)).append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> table.append(row(row)));
        return table.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
