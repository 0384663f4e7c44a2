package dev.purser.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;

import dev.purser.Settings;
import dev.purser.catalog.Pack;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.DemoUser;
import dev.purser.support.LawChecker;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeClient.Reply;
import dev.purser.support.NodeProcess;
import dev.purser.support.StripeEvents;
import io.vertx.core.json.JsonObject;

/** The console, as those who must explain a number use it. */
@Timeout(240)
class ConsoleIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Of conf/catalog.yaml, and as nobody sells it. */
    private static final Pack REGULAR = new Pack("regular", 1_000, 0, 949, "usd", false);
    private static final Pack UNKNOWN = new Pack("enormous", 1_000, 0, 949, "usd", false);

    private static final NodeProcess NODE = new NodeProcess("console", Map.of("PURSER_MODE", "dev",
            "PURSER_JWT_SECRET", "", "PURSER_PAYOUTS_SAFETY_PERIOD", "1ms", "STRIPE_WEBHOOK_SECRET",
            StripeEvents.SECRET));
    private static final NodeClient BACKEND = NODE.as(DemoUser.BACKEND);
    private static final NodeClient ADMIN = NODE.as(DemoUser.ADMIN);

    @BeforeAll
    static void start() throws Exception {
        NODE.start().awaitReady();
        await("the demo users").until(() -> NODE.output().contains("Purser is ready"));
        credit("dora", 3_000);
        done(BACKEND.post("/wallets/dora/tip", new JsonObject().put("creator_id", "carol").put("amount", 1_500)
                .put("channel", "live-204").put("message", "Encore!")));
        done(NODE.as(DemoUser.CAROL).post("/tokens/payouts", new JsonObject().put("amount", 1_000)));
        done(ADMIN.tell(StripeEvents.paid("evt_parked", "pi_parked", "dora", UNKNOWN)));
        owe("max");
        owe("mia");
        done(BACKEND.post("/wallets/dora/holds", new JsonObject().put("amount", 200).put("purpose", "A long answer")));
    }

    @AfterAll
    static void end() {
        NODE.close();
    }

    private static void credit(String wallet, long amount) throws Exception {
        done(BACKEND.post("/wallets/" + wallet + "/credits", new JsonObject().put("amount", amount)
                .put("source", "promo").put("reason", "Welcome")));
    }

    /** Buys, spends, and has its money back. */
    private static void owe(String wallet) throws Exception {
        done(ADMIN.tell(StripeEvents.paid("evt_" + wallet, "pi_" + wallet, wallet, REGULAR)));
        done(BACKEND.post("/wallets/" + wallet + "/spend", new JsonObject().put("amount", 700)));
        done(ADMIN.tell(StripeEvents.refundedSoFar("pi_" + wallet, REGULAR.price(), Instant.now().getEpochSecond())));
    }

    private static void done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }

    private static Window signedIn(Look look) {
        Window window = CHROMIUM.open(look, address());
        window.page().getByRole(AriaRole.BUTTON, named("^Admin")).click();
        heading(window, "Overview");
        return window;
    }

    private static String address() {
        return "http://localhost:" + NODE.httpPort() + "/admin";
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static void heading(Window window, String text) {
        window.page().getByRole(AriaRole.HEADING, named("^" + text).setLevel(1)).waitFor();
    }

    private static Window wallet(Look look, String id) {
        Window window = signedIn(look);
        window.page().getByLabel("Wallet", new Page.GetByLabelOptions().setExact(true)).fill(id);
        window.page().keyboard().press("Enter");
        window.page().getByRole(AriaRole.LINK, named("^(Open )?" + id + "$")).click();
        heading(window, id);
        return window;
    }

    private static void press(Window window, String button) {
        window.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private static Locator dialog(Window window) {
        return window.page().getByRole(AriaRole.DIALOG);
    }

    private static void confirm(Window window, String action) {
        dialog(window).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action).setExact(true))
                .click();
        dialog(window).waitFor(new Locator.WaitForOptions()
                .setState(WaitForSelectorState.DETACHED));
    }

    private static Locator row(Window window, String table, String... texts) {
        Locator rows = window.page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(table).setExact(true))
                .getByRole(AriaRole.ROW);
        for (String text : texts) {
            rows = rows.filter(new Locator.FilterOptions().setHasText(text));
        }
        return rows.first();
    }

    @Test
    void shouldAdjustAWalletByKeyboardAndRecordIt() throws Exception {
        credit("kim", 500);
        Window window = wallet(Look.DESKTOP_LIGHT, "kim");
        Page page = window.page();

        page.getByRole(AriaRole.BUTTON, named("^Adjust$")).focus();
        page.keyboard().press("Enter");
        page.keyboard().type("-50");
        page.keyboard().press("Tab");
        page.keyboard().type("Ticket 7");
        assertThat(dialog(window).innerText())
                .contains("Takes away 50 tokens. The balance will be 450 tokens.", "audit trail");
        page.keyboard().press("Enter");

        row(window, "Ledger", "Adjustment", "-50", "450", "Ticket 7").waitFor();
        row(window, "Audit trail", "admin", "Adjust", "-50", "Ticket 7").waitFor();
        page.getByText("Adjusted: kim has 450 tokens now.").waitFor();
        assertThat(BACKEND.get("/wallets/kim/balance").json().getLong("balance")).isEqualTo(450);
    }

    @Test
    void shouldSayWhatIsRefused() throws Exception {
        credit("lee", 10);
        Window window = wallet(Look.DESKTOP_LIGHT, "lee");
        window.expect("402");

        press(window, "Adjust");
        dialog(window).getByLabel("Amount").fill("-11");
        dialog(window).getByLabel("Reason").fill("Too much");
        assertThat(dialog(window).innerText()).contains("which will be refused");
        dialog(window).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Adjust").setExact(true))
                .click();

        dialog(window).getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("10")).waitFor();
        window.page().keyboard().press("Escape");
        assertThat(dialog(window).count()).isZero();
        assertThat(window.page().evaluate("document.activeElement.textContent")).isEqualTo("Adjust");
    }

    @Test
    void shouldFreezeUnfreezeAndClose() throws Exception {
        credit("ned", 5);
        Window window = wallet(Look.DESKTOP_LIGHT, "ned");

        press(window, "Freeze");
        dialog(window).getByLabel("Reason").fill("Taken over");
        confirm(window, "Freeze");
        window.page().getByRole(AriaRole.HEADING, named("ned.*Frozen")).waitFor();
        assertThat(BACKEND.post("/wallets/ned/spend", new JsonObject().put("amount", 1)).status()).isEqualTo(403);

        press(window, "Unfreeze");
        dialog(window).getByLabel("Reason").fill("It was them");
        confirm(window, "Unfreeze");
        window.page().getByRole(AriaRole.HEADING, named("ned.*Active")).waitFor();
        done(BACKEND.post("/wallets/ned/spend", new JsonObject().put("amount", 1)));

        press(window, "Close");
        dialog(window).getByLabel("Reason").fill("Asked to be forgotten");
        dialog(window).getByLabel("Forfeit").check();
        assertThat(dialog(window).innerText()).contains("5 tokens");
        confirm(window, "Close for good");
        window.page().getByRole(AriaRole.HEADING, named("ned.*Closed")).waitFor();
        for (String reason : List.of("Taken over", "It was them", "Asked to be forgotten")) {
            row(window, "Audit trail", reason).waitFor();
        }
    }

    @Test
    void shouldSettleADebt() {
        Window window = wallet(Look.DESKTOP_LIGHT, "max");

        press(window, "Settle debt");
        dialog(window).getByLabel("Reason").fill("Forgiven: our mistake");
        assertThat(dialog(window).innerText()).contains("brings in 700 tokens", "Nothing will be owed any more.");
        confirm(window, "Settle");

        window.page().getByRole(AriaRole.HEADING, named("max.*Active")).waitFor();
        row(window, "Ledger", "Debt repayment", "-700").waitFor();
        row(window, "Audit trail", "Adjust", "+700", "Forgiven: our mistake").waitFor();
        row(window, "Payments", "pi_max", "1,000", "refunded").waitFor();
        row(window, "Webhooks", "payment_intent.succeeded", "Credited").waitFor();
        row(window, "Webhooks", "charge.refunded", "Reversed").waitFor();
    }

    @Test
    void shouldReplayWhatIsParked() {
        Window window = signedIn(Look.DESKTOP_LIGHT);
        window.page().getByRole(AriaRole.LINK, named("^Webhooks$")).click();
        heading(window, "Webhooks");
        row(window, "Webhooks", "evt_parked", "Parked", "enormous").waitFor();

        press(window, "Replay evt_parked");
        assertThat(dialog(window).innerText()).contains("What was carried out already is not done twice.");
        confirm(window, "Replay");

        window.page().getByText("evt_parked is still parked.").waitFor();
        window.page().getByRole(AriaRole.LINK, named("^Audit$")).click();
        row(window, "Audit trail", "admin", "Replay webhook", "dora", "evt_parked: parked").waitFor();
    }

    @Test
    void shouldApproveAPayout() throws Exception {
        Window window = signedIn(Look.DESKTOP_LIGHT);
        window.page().getByRole(AriaRole.LINK, named("^Payouts$")).click();
        row(window, "Payouts", "carol", "1,000", "Requested").waitFor();

        press(window, "Approve the payout of carol");
        dialog(window).getByLabel("Reference").fill("SEPA 4711");
        assertThat(dialog(window).innerText()).contains("Takes out the 1,000 tokens that were set aside.");
        confirm(window, "Approve");
        window.page().getByText("No payout waits for a decision.").waitFor();
        window.page().getByLabel("State").selectOption("approved");

        row(window, "Payouts", "carol", "Approved", "by admin: SEPA 4711").waitFor();
        assertThat(ADMIN.get("/admin/audit?wallet_id=carol").json().getJsonArray("lines").getJsonObject(0)
                .getString("action")).isEqualTo("approve_payout");
        LawChecker.check(NODE.sandbox().tables());
    }

    @Test
    void shouldDrawTheClusterAsItWorks() throws Exception {
        Window window = signedIn(Look.DESKTOP_LIGHT);
        window.page().getByRole(AriaRole.LINK, named("^Cluster$")).click();
        Locator lines = window.page().getByRole(AriaRole.IMG, named("^Operations a second, of all nodes: [1-9]"));

        for (int i = 0; lines.count() == 0; i++) {
            assertThat(i).as("operations without being drawn").isLessThan(2_000);
            credit("busy", 1);
        }

        Locator lanes = window.page().getByRole(AriaRole.REGION, named("^Lanes of node"));
        assertThat(lanes.first().getByRole(AriaRole.ROW).count()).isGreaterThan(1);
        assertThat(window.page().getByText(Pattern.compile("^271 of 271 partitions$")).count()).isOne();
        window.picture("console-cluster-busy");
    }

    @Test
    void shouldLetInOnlyAdmins() {
        String token = new DemoTokens(Settings.Tokens.Secret.DEV, null, null, Instant.now()).of(DemoUser.ALICE);
        Window window = CHROMIUM.open(Look.DESKTOP_LIGHT, address() + "#token=" + token);

        window.page().getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("alice is signed in"))
                .waitFor();
        assertThat(window.page().url()).doesNotContain("token");
        assertThat(window.page().getByRole(AriaRole.LINK, named("^Payouts$")).count()).isZero();
        window.checkAccessible();
        window.picture("console-no-admin");
    }

    @Test
    void shouldAskWhoItIsWhenATokenIsGoodNoMore() {
        Window window = signedIn(Look.DESKTOP_LIGHT);
        window.expect("401");
        String stale = new DemoTokens(Settings.Tokens.Secret.DEV, null, null, Instant.EPOCH).of(DemoUser.ADMIN);
        window.page().evaluate(
                "token => sessionStorage.setItem('purser.session', JSON.stringify({ id: 'admin', token }))",
                stale);
        window.page().reload();

        heading(window, "Sign in to the console");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeThereForEverybody(Look look) {
        Window window = wallet(look, "mia");
        check(window, look, "wallet-owing");
        press(window, "Settle debt");
        check(window, look, "dialog");
        window.page().keyboard().press("Escape");
        window.page().evaluate("location.hash = '#/wallets/dora'");
        heading(window, "dora");
        check(window, look, "wallet");
        for (String view : List.of("Overview", "Payouts", "Webhooks", "Debts", "Audit", "Cluster")) {
            window.page().getByRole(AriaRole.LINK, named("^" + view + "$")).click();
            heading(window, view);
            check(window, look, view);
        }
    }

    private static void check(Window window, Look look, String view) {
        window.picture("console-" + view.toLowerCase(Locale.ROOT) + "-" + look);
        window.checkAccessible();
        window.checkFits();
    }
}
