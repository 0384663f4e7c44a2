package dev.purser.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * The machine's Chromium, started once for a test class: a static field with {@code @RegisterExtension}. After each test
 * its windows are closed, and what was wrong in one of them fails it. Without a Chromium the tests are left out, and where
 * {@code PURSER_TEST_BROWSER=required} they fail.
 */
final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final List<Window> windows = new ArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        Path program = program().orElseThrow(Chromium::missing);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(
                new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(ARGUMENTS));
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException missing() {
        String why = "Expected Chromium on the PATH to try the pages in, but there is none of " + NAMES
                + ": install Debian's package chromium";
        return "required".equals(System.getenv("PURSER_TEST_BROWSER"))
                ? new IllegalStateException(why)
                : new TestAbortedException(why);
    }

    /** Opens a page in a window that shares nothing with the others. */
    Window open(Look look, String url) {
        Window window = new Window(running(), look);
        windows.add(window);
        window.go(url);
        return window;
    }

    private Browser running() {
        if (browser == null) {
            throw new IllegalStateException("Expected a static field with @RegisterExtension, but it is not started");
        }
        return browser;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Window> opened = List.copyOf(windows);
        windows.clear();
        boolean failed = context.getExecutionException().isPresent();
        List<String> wrong = new ArrayList<>();
        for (Window window : opened) {
            if (failed) {
                window.picture("failed-" + context.getRequiredTestMethod().getName() + "-" + opened.indexOf(window));
            }
            wrong.addAll(window.close());
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError("Expected pages without errors, but: " + String.join("\n", wrong));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }
}
