package dev.purser.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.microsoft.playwright.Page;

/** The script that looks for what keeps people out of a page. It is evaluated from outside, past the page's own policy. */
final class Axe {

    private static final String SCRIPT = script();
    private static final String RUN = """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                return violations.map(({ id, impact, help, nodes }) =>
                    `${id} (${impact}): ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
            }""";

    private Axe() {
    }

    private static String script() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (script == null) {
                throw new IllegalStateException("Expected axe.min.js on the class path, but it is not there");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the page as it is now, a line for each rule. */
    static List<String> findings(Page page) {
        page.evaluate("() => {" + SCRIPT + "\n}");
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }
}
