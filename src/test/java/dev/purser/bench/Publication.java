package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts figures where readers find them: the whole into the site, the measures that are aimed at into the README. */
final class Publication {

    private static final Path SITE = Path.of("src", "site");
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- figures: written by the benchmark -->\n";
    private static final String END = "<!-- end of figures -->";

    private Publication() {
    }

    static void of(Report report) throws IOException {
        report.writeTo(SITE);
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("Expected the README to have a place for figures, between %s and %s"
                    .formatted(BEGIN.strip(), END));
        }
        Files.writeString(README,
                readme.substring(0, begin + BEGIN.length()) + "\n" + report.targets() + "\n" + readme.substring(end));
    }
}
