package dev.purser.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.purser.Settings;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.DemoUser;
import dev.purser.support.NodeProcess;
import io.vertx.core.json.JsonObject;

/** The wallet page on a real node, in windows of different people. */
@Timeout(180)
class WalletPageIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Its minutes are short. */
    private static final NodeProcess NODE = new NodeProcess("wallet-page",
            Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET", "", "PURSER_CALLS_MINUTE", "2s"));
    private static final String URL = "http://localhost:" + NODE.httpPort() + "/";

    @BeforeAll
    static void start() {
        NODE.start().awaitReady();
    }

    @AfterAll
    static void end() {
        NODE.close();
    }

    @Test
    void shouldBuyWithAGoodCard() throws Exception {
        WalletWindow alice = open(Look.DESKTOP_LIGHT, DemoUser.ALICE);
        long before = balance(DemoUser.ALICE);
        alice.awaitBalance(before);

        alice.press("Add tokens");
        alice.choose("500 tokens").choose("A good card").pressInDialog("Pay US$4.99");

        alice.awaitText("Paid. Thank you!");
        alice.awaitBalance(before + 500);
        alice.awaitLatest("Purchase");
        assertThat(balance(DemoUser.ALICE)).isEqualTo(before + 500);
    }

    @Test
    void shouldSayWhyACardIsDeclinedAndTakeAnother() throws Exception {
        WalletWindow alice = open(Look.PHONE_DARK, DemoUser.ALICE);
        long before = balance(DemoUser.ALICE);

        alice.press("Buy 500 tokens for US$4.99");
        alice.choose("A card that is declined").pressInDialog("Pay US$4.99");
        alice.awaitText("It was not paid");
        alice.awaitText("Your card was declined.");
        assertThat(balance(DemoUser.ALICE)).isEqualTo(before);

        alice.choose("A good card").pressInDialog("Pay US$4.99");
        alice.awaitText("Paid. Thank you!");
        alice.awaitBalance(before + 500);
    }

    @Test
    void shouldAskTheBuyersBank() throws Exception {
        WalletWindow alice = open(Look.DESKTOP_DARK, DemoUser.ALICE);
        long before = balance(DemoUser.ALICE);

        alice.press("Buy 500 tokens for US$4.99");
        alice.choose("A card whose bank asks").pressInDialog("Pay US$4.99");
        atTheBank(alice, "No, it was not", "Your bank does not pay");
        alice.awaitText("It was not paid");
        alice.pressInDialog("Pay US$4.99");
        atTheBank(alice, "Yes, it was me", "Thank you");

        alice.awaitText("Paid. Thank you!");
        alice.awaitBalance(before + 500);
        assertThat(balance(DemoUser.ALICE)).isEqualTo(before + 500);
    }

    private static void atTheBank(WalletWindow buyer, String answer, String then) {
        Page bank = buyer.page().waitForPopup(() -> buyer.dialog().getByText("Open your bank's page").click());
        bank.getByText(answer).click();
        assertThat(bank.getByRole(AriaRole.HEADING)).hasText(then);
        bank.close();
    }

    @Test
    void shouldPayOnAPageOfItsOwnAndComeBack() throws Exception {
        WalletWindow alice = open(Look.PHONE_LIGHT, DemoUser.ALICE);
        long before = balance(DemoUser.ALICE);

        alice.press("Buy 500 tokens for US$4.99");
        alice.choose("On a page of its own").pressInDialog("Pay US$4.99");
        alice.page().waitForURL("**/pay/*");
        alice.page().getByText("A good card").click();

        alice.awaitText("Paid. Thank you!");
        alice.awaitBalance(before + 500);
        assertThat(alice.page().url()).as("nothing is left of the way back").isEqualTo(URL);
    }

    @Test
    void shouldShowInOneWindowWhatIsDoneInAnother() throws Exception {
        credit(DemoUser.ALICE, 100, "promo");
        WalletWindow one = open(Look.DESKTOP_LIGHT, DemoUser.ALICE);
        WalletWindow other = open(Look.PHONE_LIGHT, DemoUser.ALICE);
        WalletWindow bob = open(Look.DESKTOP_DARK, DemoUser.BOB);
        long alices = balance(DemoUser.ALICE);
        long bobs = balance(DemoUser.BOB);

        one.press("Spend");
        one.set("Tokens", "40").pressInDialog("Spend");
        other.awaitBalance(alices - 40);
        other.awaitLatest("Spent");
        assertThat(other.page().locator("#heard")).containsText("Spent: minus 40 tokens");

        one.press("Gift");
        one.set("To whom", "bob").set("Tokens", "15").pressInDialog("Give");
        bob.awaitBalance(bobs + 15);
        bob.awaitLatest("Gift from alice");
        one.awaitText("You gave bob 15 tokens.");
        other.awaitBalance(alices - 55);
    }

    @Test
    void shouldOfferTokensToWhomTheyAreShort() throws Exception {
        WalletWindow bob = open(Look.PHONE_DARK, DemoUser.BOB);
        bob.window().expect("402");
        bob.awaitText("Add some before you run out.");

        bob.press("Tip");
        bob.set("Tokens", "90000").pressInDialog("Tip");

        bob.awaitText("Not enough tokens");
        bob.dialog().getByText("Add tokens").click();
        assertThat(bob.dialog().getByRole(AriaRole.HEADING)).hasText("Add tokens");
    }

    @Test
    void shouldTickThroughACall() throws Exception {
        credit(DemoUser.ALICE, 1_000, "promo");
        WalletWindow alice = open(Look.DESKTOP_LIGHT, DemoUser.ALICE);

        alice.press("Call");
        alice.set("Tokens per minute", "10").set("At most, minutes", "100").pressInDialog("Start the call");
        alice.awaitText("On a call with carol");
        alice.awaitText("30 tokens");
        alice.page().reload();
        alice.awaitText("On a call with carol");
        alice.window().checkAccessible();
        alice.press("Hang up");

        alice.awaitText("The call with carol is over");
        alice.awaitText("The call was hung up.");
        alice.awaitText("Call with carol");
    }

    @Test
    void shouldShowWhatIsLeftOfAnAllowance() throws Exception {
        credit(DemoUser.CAROL, 500, "allowance");
        WalletWindow carol = open(Look.DESKTOP_LIGHT, DemoUser.CAROL);

        carol.press("Spend");
        carol.set("Tokens", "100").pressInDialog("Spend");

        assertThat(carol.page().locator("#allowance-text")).containsText("400 of 500 left");
        assertThat(carol.page().getByLabel("Allowance")).hasAttribute("value", "400");

        carol.press("Spend");
        carol.set("Tokens", "320").pressInDialog("Spend");

        assertThat(carol.page().locator("#allowance-text")).containsText("80 of 500 left");
        assertThat(carol.page().locator("#allowance-low")).hasText("80 % used");
        assertThat(carol.page().locator("#news")).containsText("80 % of your allowance is used.");
    }

    @Test
    void shouldDownloadTheLedger() throws Exception {
        WalletWindow alice = open(Look.DESKTOP_LIGHT, DemoUser.ALICE);

        Download file = alice.page().waitForDownload(() -> alice.press("Download CSV"));

        assertThat(file.suggestedFilename()).isEqualTo("tokens-alice.csv");
        assertThat(Files.readString(file.path())).contains("seq", "Welcome to Purser");
    }

    @Test
    void shouldGoOnWhenTheServiceIsBack() throws Exception {
        credit(DemoUser.ALICE, 100, "promo");
        WalletWindow alice = open(Look.DESKTOP_LIGHT, DemoUser.ALICE);
        alice.window().expect("ERR_CONNECTION_REFUSED");
        long before = balance(DemoUser.ALICE);

        assertThat(NODE.terminate()).isZero();
        alice.awaitConnection("Offline");
        alice.awaitText("The service cannot be reached");
        NODE.start().awaitReady();
        spend(DemoUser.ALICE, 10);

        alice.awaitLive();
        alice.awaitBalance(before - 10);
        spend(DemoUser.ALICE, 5);
        alice.awaitBalance(before - 15);
    }

    @Test
    void shouldGetAnotherTokenWhenOneExpires() throws Exception {
        Instant longAgo = Instant.now().minus(Duration.ofDays(31));
        String expired = new DemoTokens(Settings.Tokens.Secret.DEV, null, null, longAgo).of(DemoUser.ALICE);

        Window window = CHROMIUM.open(Look.DESKTOP_LIGHT, URL + "#token=" + expired);
        window.expect("401");

        WalletWindow alice = WalletWindow.at(window);
        alice.awaitLive();
        alice.awaitBalance(balance(DemoUser.ALICE));
        assertThat(alice.page().url()).as("the token is out of the address").isEqualTo(URL);
    }

    /** Anybody can make such an address; whoever believed it would buy for somebody else. */
    @Test
    void shouldAskBeforeSomebodyIsSomebodyElse() throws Exception {
        String bob = new DemoTokens(Settings.Tokens.Secret.DEV, null, null, Instant.now()).of(DemoUser.BOB);
        Window window = CHROMIUM.open(Look.PHONE_LIGHT, URL);
        WalletWindow wallet = WalletWindow.signIn(window, DemoUser.ALICE);

        window.go(URL + "?by=a-link#token=" + bob);
        assertThat(wallet.dialog()).containsText("You are signed in as alice. The address that you opened is for bob.");
        window.picture("another-user");
        wallet.pressInDialog("Cancel");
        assertThat(wallet.page()).hasTitle("alice – Purser");

        window.go(URL + "?once=more#token=" + bob);
        wallet.pressInDialog("Sign in as bob");
        assertThat(wallet.page()).hasTitle("bob – Purser");
    }

    @Test
    void shouldSayThatATokenIsNoGood() throws Exception {
        WalletWindow nobody = WalletWindow.at(CHROMIUM.open(Look.PHONE_LIGHT, URL + "#token=x.y.z"));
        nobody.window().expect("401");

        nobody.awaitText("You are signed out");
        nobody.press("Sign in again");
        nobody.awaitText("Your wallet");
    }

    @Test
    void shouldWorkByKeyboardAlone() throws Exception {
        credit(DemoUser.ALICE, 100, "promo");
        Window window = CHROMIUM.open(Look.DESKTOP_LIGHT, URL);
        Page page = window.page();
        assertThat(page.getByRole(AriaRole.HEADING)).isFocused();
        tabTo(page, "Alice");
        page.keyboard().press("Enter");
        WalletWindow alice = WalletWindow.at(window);
        alice.awaitLive();
        assertThat(page.locator("#content")).isFocused();
        long before = balance(DemoUser.ALICE);

        page.reload();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        tabTo(page, "Spend");
        page.keyboard().press("Enter");
        assertThat(alice.dialog().getByLabel("On what (if you like)")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().type("7");
        page.keyboard().press("Enter");
        alice.awaitBalance(before - 7);
        // The balance may be here before the answer is, by the live connection.
        assertThat(alice.dialog()).hasCount(0);
        assertThat(alice.button("Spend")).isFocused();

        page.keyboard().press("Enter");
        page.keyboard().press("Escape");
        assertThat(alice.dialog()).hasCount(0);
        assertThat(alice.button("Spend")).isFocused();
    }

    private static void tabTo(Page page, String name) {
        for (int i = 0; i < 30; i++) {
            page.keyboard().press("Tab");
            String text = String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
            if (text.equals(name)) {
                return;
            }
        }
        throw new AssertionError("Expected to come to " + name + " by the tab key, but did not");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSuitEverybody(Look look) throws Exception {
        credit(DemoUser.ALICE, 100, "promo");
        WalletWindow alice = open(look, DemoUser.ALICE);
        alice.awaitLatest("To try it");
        checked(alice, "wallet-" + look);

        for (String action : new String[]{"Add tokens", "Tip", "Gift", "Call", "Spend"}) {
            alice.press(action);
            assertThat(alice.dialog()).isVisible();
            checked(alice, action + "-" + look);
            alice.page().keyboard().press("Escape");
        }
    }

    private static void checked(WalletWindow wallet, String name) {
        wallet.window().checkFits();
        wallet.window().checkAccessible();
        wallet.window().picture(name);
    }

    private static WalletWindow open(Look look, DemoUser user) {
        return WalletWindow.signIn(CHROMIUM.open(look, URL), user);
    }

    private static long balance(DemoUser user) throws IOException, InterruptedException {
        return NODE.as(user).get("/tokens/balance").json().getLong("balance");
    }

    private static void spend(DemoUser user, long amount) throws IOException, InterruptedException {
        assertThat(NODE.as(user).post("/tokens/spend", new JsonObject().put("amount", amount)).status())
                .isEqualTo(200);
    }

    private static void credit(DemoUser user, long amount, String source) throws IOException, InterruptedException {
        assertThat(NODE.as(DemoUser.BACKEND).post("/wallets/" + user.id() + "/credits",
                new JsonObject().put("amount", amount).put("source", source).put("reason", "To try it")).status())
                .isEqualTo(200);
    }
}
