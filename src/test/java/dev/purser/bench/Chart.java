package dev.purser.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bars by group, as an SVG that reads on light and dark pages. */
final class Chart {

    private static final int WIDTH = 820;
    private static final int NAMES = 190;
    private static final int BAR = 18;
    private static final int STEP = 24;
    private static final int HEAD = 44;
    private static final int GROUP_HEAD = 34;
    private static final int ROOM_FOR_FIGURE = 90;
    private static final String OURS = "#0f766e";
    private static final String OTHERS = "#94a3b8";

    private final String title;
    private final Map<String, Map<String, Double>> groups = new LinkedHashMap<>();

    Chart(String title) {
        this.title = title;
    }

    void bar(String group, String name, double value) {
        groups.computeIfAbsent(group, added -> new LinkedHashMap<>()).put(name, value);
    }

    String svg() {
        int height = HEAD + groups.values().stream().mapToInt(bars -> GROUP_HEAD + STEP * bars.size()).sum() + 16;
        double most = groups.values().stream().flatMap(bars -> bars.values().stream()).mapToDouble(value -> value).max()
                .orElse(1);
        StringBuilder svg = new StringBuilder(
                """
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s" font-family="system-ui, sans-serif" font-size="13" fill="#1e293b">
                        <rect width="%1$d" height="%2$d" rx="8" fill="#f8fafc"/>
                        <text x="16" y="28" font-size="16" font-weight="600">%3$s</text>
                        """
                        .formatted(WIDTH, height, title));
        int y = HEAD;
        for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
            svg.append("<text x=\"16\" y=\"%d\" font-weight=\"600\">%s</text>%n".formatted(y + 18, group.getKey()));
            y += GROUP_HEAD - 8;
            for (Map.Entry<String, Double> bar : group.getValue().entrySet()) {
                svg.append(drawn(bar.getKey(), bar.getValue(), most, y));
                y += STEP;
            }
            y += 8;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String drawn(String name, double value, double most, int y) {
        double length = Math.max(1, value / most * (WIDTH - NAMES - ROOM_FOR_FIGURE));
        return """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" rx="3" fill="%s"/>
                <text x="%.1f" y="%d">%,.0f</text>
                """.formatted(NAMES - 8, y + 14, name, NAMES, y, length, BAR, name.equals("Purser") ? OURS : OTHERS,
                NAMES + length + 6, y + 14, value);
    }
}
