package dev.purser.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;

import dev.purser.sandbox.DemoUser;

/** The wallet page in a window, as whoever sits in front of it has it. */
final class WalletWindow {

    private static final double PATIENCE_MILLIS = 15_000;

    private final Window window;
    private final Page page;

    private WalletWindow(Window window) {
        this.window = window;
        this.page = window.page();
    }

    /** The page of a window that is at the wallet, as a demo user. */
    static WalletWindow signIn(Window window, DemoUser user) {
        WalletWindow wallet = new WalletWindow(window);
        String name = user.id().substring(0, 1).toUpperCase(Locale.ROOT) + user.id().substring(1);
        wallet.press(name);
        wallet.awaitLive();
        return wallet;
    }

    /** Of a window in which somebody is, or is about to be. */
    static WalletWindow at(Window window) {
        return new WalletWindow(window);
    }

    Window window() {
        return window;
    }

    Page page() {
        return page;
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** By the name that a screen reader says. */
    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void press(String name) {
        button(name).click();
    }

    void pressInDialog(String name) {
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true)).last()
                .click();
    }

    /** Chooses or fills in what has this label. */
    @CanIgnoreReturnValue
    WalletWindow set(String label, String value) {
        dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).fill(value);
        return this;
    }

    @CanIgnoreReturnValue
    WalletWindow choose(String text) {
        dialog().getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + text)))
                .check();
        return this;
    }

    void awaitLive() {
        awaitConnection("Live");
    }

    void awaitConnection(String state) {
        assertThat(page.locator("#connection")).hasText(state, patient());
    }

    void awaitBalance(long tokens) {
        assertThat(page.locator("#balance")).hasText(String.format(Locale.UK, "%,d", tokens), patient());
    }

    /** What stands in the history's first line. */
    void awaitLatest(String text) {
        assertThat(page.locator(".history tbody tr").first()).containsText(text,
                new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    void awaitText(String text) {
        assertThat(page.getByText(text).first()).isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static HasTextOptions patient() {
        return new HasTextOptions().setTimeout(PATIENCE_MILLIS);
    }
}
