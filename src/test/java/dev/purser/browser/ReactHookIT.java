package dev.purser.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.NodeProcess;

/** The hook in a page of an app's own that is made with React, against a real node. */
@Timeout(120)
class ReactHookIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final NodeProcess NODE = NodeProcess.inDevelopment("react-hook");
    private static final String URL = "http://localhost:" + NODE.httpPort();
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
            import { createPurser } from "/purser.js";
            import { PurserProvider, useTokenBalance } from "/purser-react.js";

            const { users } = await (await fetch("/sandbox/users")).json();
            const purser = createPurser({ token: users.find(({ id }) => id === "alice").token });
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
        NODE.start().awaitReady();
    }

    @AfterAll
    static void end() {
        NODE.close();
    }

    @Test
    void shouldShowTheBalanceAndSpend() throws Exception {
        Page page = openApp();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("1000");

        page.getByText("Spend").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("975");
        assertThat(NODE.as(DemoUser.ALICE).get("/api/v1/tokens/balance").json().getLong("balance")).isEqualTo(975);

        page.getByText("Refresh").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("975");
        page.evaluate("leave()");
        assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
    }

    private static Page openApp() {
        Window window = CHROMIUM.open(Look.DESKTOP_LIGHT, URL + "/purser.d.ts");
        Page page = window.page();
        Map<String, String> files = Map.of("/app/", HTML, "/app/react.js", REACT, "/app/app.js", APP,
                "/app/react.umd.js", webJar("react/18.3.1/umd/react.production.min.js"),
                "/app/react-dom.umd.js", webJar("react-dom/18.3.1/umd/react-dom.production.min.js"));
        files.forEach((path, text) -> page.route(URL + path, route -> route.fulfill(new Route.FulfillOptions()
                .setContentType(path.endsWith(".js") ? "text/javascript" : "text/html").setBody(text))));
        window.go(URL + "/app/");
        return page;
    }

    private static String webJar(String name) {
        try (InputStream file = ReactHookIT.class.getResourceAsStream(WEBJARS + name)) {
            if (file == null) {
                throw new IllegalStateException("Expected " + name + " on the class path, but it is not there");
            }
            return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
