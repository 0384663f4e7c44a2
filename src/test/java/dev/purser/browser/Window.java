package dev.purser.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

/** A browser's window, as if somebody's own: with its own memory, and a note of all that goes wrong in it. */
final class Window {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final String GIVEN_UP = "net::ERR_ABORTED";
    private static final double PATIENCE_MILLIS = 15_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private boolean closing;

    Window(Browser browser, Look look) {
        context = browser.newContext(look.options());
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                note("console: " + message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(error -> note("uncaught: " + error));
        page.onRequestFailed(request -> {
            // A page that is left, or that changes its mind, gives up what it has asked for.
            if (!GIVEN_UP.equals(request.failure())) {
                note("not loaded: " + request.url() + " (" + request.failure() + ")");
            }
        });
    }

    private void note(String what) {
        if (!closing) {
            wrong.add(page.url() + ": " + what);
        }
    }

    Page page() {
        return page;
    }

    void go(String url) {
        assertThat(page.navigate(url).ok()).as(url).isTrue();
    }

    /** From now on something must go wrong that says this, such as {@code "402"}: Chromium tells of each refusal. */
    void expect(String part) {
        expected.add(part);
    }

    /** Keeps what is seen below {@code target/pictures}, from the top of the page to its end. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }

    /** Holds that nothing keeps people out who see, hear or move otherwise, as far as a machine can tell. */
    void checkAccessible() {
        assertThat(Axe.findings(page)).as("what axe finds on %s", page.url()).isEmpty();
    }

    /** Holds that one need not scroll sideways. */
    void checkFits() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels beyond the right edge of %s", page.url()).isEqualTo(0);
    }

    /** Closes it, and answers what was wrong in it: what happened and should not have, or the reverse. */
    List<String> close() {
        closing = true;
        context.close();
        List<String> left = new ArrayList<>(wrong.stream().filter(each -> expected.stream().noneMatch(each::contains))
                .toList());
        expected.stream().filter(part -> wrong.stream().noneMatch(each -> each.contains(part)))
                .forEach(part -> left.add("nothing said \"" + part + "\""));
        return left;
    }
}
