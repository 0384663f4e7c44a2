package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

class PurchaseTest {

    private static final Payment LARGE = new Payment("pi_1", "large", 5_000, 250, 4_499, "usd", null);
    private static final Payment SMALL = new Payment("pi_2", "small", 500, 0, 499, "usd", "bob");

    @Test
    void shouldBringInTheTokensAndWhatComesOnTop() {
        TestWallet wallet = new TestWallet();

        Decision.Accepted accepted = wallet.accepts(new Command.Purchase(LARGE));

        assertThat(TestWallet.lines(accepted)).containsExactly("purchase 5000 held 0 debt 0",
                "bonus 250 held 0 debt 0");
        assertThat(accepted.receipt().entries()).allMatch(entry -> "pi_1".equals(entry.memo().paymentIntentId()));
        assertThat(accepted.facts()).containsExactly(new Fact.Paid(LARGE));
        assertThat(wallet.free()).isEqualTo("bonus 250, purchased 5000");
        assertThat(wallet.state().totals().purchased()).isEqualTo(5_000);
    }

    @Test
    void shouldSayWhoPaidIfItWasSomebodyElse() {
        Decision.Accepted accepted = new TestWallet().accepts(new Command.Purchase(SMALL));

        assertThat(accepted.receipt().entries()).singleElement()
                .satisfies(entry -> assertThat(entry.memo().relatedWallet()).isEqualTo("bob"));
    }

    @Test
    void shouldRepayDebtFirst() {
        TestWallet wallet = TestWallet.owing(300);

        assertThat(TestWallet.lines(wallet.accepts(new Command.Purchase(SMALL)))).containsExactly(
                "purchase 500 held 0 debt 0", "debt_repayment -300 held 0 debt -300");
    }

    @Test
    void shouldBeTakenInByAFrozenWalletButNotByAClosedOne() {
        TestWallet wallet = new TestWallet();
        wallet.accepts(new Command.Freeze("r"));
        assertThat(wallet.accepts(new Command.Purchase(SMALL)).after().balance()).isEqualTo(500);
        wallet.accepts(new Command.Close("r", true));

        assertThat(wallet.refuses(new Command.Purchase(LARGE))).isEqualTo(new Refusal.Closed());
    }

    @Test
    void shouldNotBeForCallersWhateverTheirScopes() {
        Authority all = new Authority.Caller(TestWallet.OWNER, Set.of(Scope.values()));

        assertThat(new TestWallet().refuses(new Command.Purchase(SMALL), all)).isEqualTo(new Refusal.NotAllowed());
    }
}
