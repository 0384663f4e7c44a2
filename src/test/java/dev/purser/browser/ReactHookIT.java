package dev.purser.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.purser.Settings;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.DemoUser;
import dev.purser.support.NodeProcess;

/** The hook in a page of an app's own, of another origin, that is made with React. */
@Timeout(120)
class ReactHookIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final HttpServer APP_SERVER = appServer();
    private static final String ORIGIN = "http://localhost:" + APP_SERVER.getAddress().getPort();
    private static final NodeProcess NODE = new NodeProcess("react-hook",
            Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET", "", "PURSER_HTTP_ALLOWED_ORIGINS", ORIGIN));
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String HTML = """
            <!doctype html><html lang="en"><title>An app</title><link rel="icon" href="data:,">
            <script type="importmap">{"imports": {"react": "/app/react.js"}}</script>
            <main id="root"></main><script type="module" src="/app/app.js"></script></html>""";
    private static final String REACT = """
            import "/app/react.umd.js";
            export const { createContext, createElement, useCallback, useContext, useSyncExternalStore } = globalThis.React;
            """;
    private static final String APP = """
            import { createElement } from "react";
            import "/app/react-dom.umd.js";
            import { createPurser } from "$PURSER/purser.js";
            import { PurserProvider, useTokenBalance } from "$PURSER/purser-react.js";

            const purser = createPurser({ url: "$PURSER", token: "$TOKEN" });
            function Balance() {
                const { balance, loading, error, spendTokens, refresh } = useTokenBalance();
                return createElement("div", null,
                    createElement("output", null, error ? error.title : loading ? "Loading" : String(balance)),
                    createElement("button", { onClick: () => spendTokens(25, "A portrait") }, "Spend"),
                    createElement("button", { onClick: refresh }, "Refresh"));
            }
            const root = globalThis.ReactDOM.createRoot(document.getElementById("root"));
            root.render(createElement(PurserProvider, { purser }, createElement(Balance)));
            window.leave = () => root.unmount();
            """;

    @BeforeAll
    static void start() {
        APP_SERVER.start();
        NODE.start().awaitReady();
    }

    @AfterAll
    static void end() {
        NODE.close();
        APP_SERVER.stop(0);
    }

    @Test
    void shouldShowTheBalanceAndSpend() throws Exception {
        Page page = openApp();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("1000");

        page.getByText("Spend").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("975");
        assertThat(NODE.as(DemoUser.ALICE).get("/tokens/balance").json().getLong("balance")).isEqualTo(975);

        page.getByText("Refresh").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("975");
        page.evaluate("leave()");
        assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
    }

    private static Page openApp() {
        Window window = CHROMIUM.open(Look.DESKTOP_LIGHT, ORIGIN + "/app/");
        return window.page();
    }

    private static Map<String, String> files() {
        String token = new DemoTokens(Settings.Tokens.Secret.DEV, null, null, Instant.now()).of(DemoUser.ALICE);
        return Map.of("/app/", HTML, "/app/react.js", REACT,
                "/app/app.js", APP.replace("$PURSER", "http://localhost:" + NODE.httpPort()).replace("$TOKEN", token),
                "/app/react.umd.js", webJar("react/18.3.1/umd/react.production.min.js"),
                "/app/react-dom.umd.js", webJar("react-dom/18.3.1/umd/react-dom.production.min.js"));
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] file = files().getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
        exchange.sendResponseHeaders(file.length == 0 ? 404 : 200, file.length == 0 ? -1 : file.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(file);
        }
    }

    private static HttpServer appServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", ReactHookIT::serve);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String webJar(String name) {
        try (InputStream file = ReactHookIT.class.getResourceAsStream(WEBJARS + name)) {
            if (file == null) {
                throw new IllegalStateException("Expected " + name + " on the class path, but it is not there");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
