package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

class HouseTest {

    private static final Authority CLERK = new Authority.Caller("clerk", Set.of(Scope.ADMIN));

    @Test
    void shouldAdjustUp() {
        TestWallet wallet = TestWallet.with(100);

        Decision.Accepted accepted = wallet.accepts(new Command.Adjust(20, "an apology"), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("adjustment 20 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("adjust", "clerk", "an apology", 20));
        assertThat(accepted.receipt().entries()).extracting(entry -> entry.memo().description())
                .containsExactly("an apology");
        assertThat(wallet.free()).isEqualTo("promo 20, purchased 100");
    }

    @Test
    void shouldRepayDebtWhenAdjustedUp() {
        TestWallet wallet = TestWallet.owing(15);

        Decision.Accepted accepted = wallet.accepts(new Command.Adjust(20, "why"), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("adjustment 20 held 0 debt 0",
                "debt_repayment -15 held 0 debt -15");
    }

    @Test
    void shouldAdjustDown() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS);

        Decision.Accepted accepted = wallet.accepts(new Command.Adjust(-30, "a mistake"), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("adjustment -30 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("adjust", "clerk", "a mistake", -30));
        assertThat(wallet.free()).isEqualTo("purchased 80");
    }

    @Test
    void shouldNotAdjustBelowWhatIsAvailable() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(new Command.Adjust(-61, "why"))).isEqualTo(new Refusal.InsufficientFunds(60, 61));
        assertThat(wallet.refuses(new Command.Adjust(Long.MIN_VALUE, "why"))).isEqualTo(new Refusal.TooLarge());
        assertThat(wallet.refuses(new Command.Adjust(Long.MAX_VALUE, "why"))).isEqualTo(new Refusal.TooLarge());
    }

    @Test
    void shouldLetNothingGoOutOfAFrozenWallet() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(new Command.Freeze("a theft"), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("freeze 0 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("freeze", "clerk", "a theft", 0));
        assertThat(accepted.receipt().status()).isEqualTo(Status.FROZEN);
        assertThat(wallet.refuses(new Command.Spend(1, Memo.NONE))).isEqualTo(new Refusal.Frozen());
        assertThat(wallet.refuses(new Command.OpenHold("i", 1, null, Duration.ofHours(1))))
                .isEqualTo(new Refusal.Frozen());
        assertThat(wallet.refuses(new Command.ExtendHold("h", 1, null))).isEqualTo(new Refusal.Frozen());
        assertThat(wallet.refuses(new Command.SettleHold("h", 41, true, Memo.NONE))).isEqualTo(new Refusal.Frozen());
        assertThat(wallet.refuses(new Command.Freeze("again"))).isEqualTo(new Refusal.AlreadyFrozen());
    }

    @Test
    void shouldStillEndTheHoldsOfAFrozenWallet() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40).holding("i", 10);
        wallet.accepts(new Command.Freeze("why"));

        wallet.accepts(new Command.SettleHold("h", 30, false, Memo.NONE));
        wallet.accepts(new Command.ReleaseHold("i", Memo.NONE));

        assertThat(wallet.state().balance()).isEqualTo(70);
        assertThat(wallet.state().held()).isZero();
    }

    @Test
    void shouldUnfreeze() {
        TestWallet wallet = TestWallet.with(100);
        wallet.accepts(new Command.Freeze("why"));

        Decision.Accepted accepted = wallet.accepts(new Command.Unfreeze("found again"), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("unfreeze 0 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("unfreeze", "clerk", "found again", 0));
        wallet.accepts(new Command.Spend(100, Memo.NONE));
        assertThat(wallet.refuses(new Command.Unfreeze("again"))).isEqualTo(new Refusal.NotFrozen());
    }

    @Test
    void shouldCloseAnEmptyWalletForGood() {
        TestWallet wallet = new TestWallet();

        Decision.Accepted accepted = wallet.accepts(new Command.Close("a farewell", false), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("close 0 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("close", "clerk", "a farewell", 0));
        assertThat(wallet.refuses(new Command.Spend(1, Memo.NONE))).isEqualTo(new Refusal.Closed());
        assertThat(wallet.refuses(new Command.Adjust(1, "why"))).isEqualTo(new Refusal.Closed());
        assertThat(wallet.refuses(new Command.Freeze("why"))).isEqualTo(new Refusal.Closed());
        assertThat(wallet.refuses(new Command.Unfreeze("why"))).isEqualTo(new Refusal.Closed());
        assertThat(wallet.refuses(new Command.Close("again", true))).isEqualTo(new Refusal.Closed());
    }

    @Test
    void shouldCloseAWalletThatHasTokensOnlyWhenTheyAreForfeit() {
        TestWallet wallet = TestWallet.with(100);
        assertThat(wallet.refuses(new Command.Close("why", false))).isEqualTo(new Refusal.NotEmpty(100));

        Decision.Accepted accepted = wallet.accepts(new Command.Close("why", true), CLERK);

        assertThat(TestWallet.lines(accepted)).containsExactly("close -100 held 0 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.Audited("close", "clerk", "why", -100));
    }

    @Test
    void shouldNotCloseWhileHoldsAreOpen() {
        TestWallet wallet = TestWallet.with(100).holding("h", 100);

        assertThat(wallet.refuses(new Command.Close("why", true))).isEqualTo(new Refusal.HoldsOpen(1));
    }

    @Test
    void shouldCloseAFrozenWalletThatOwes() {
        TestWallet wallet = TestWallet.owing(5);
        wallet.accepts(new Command.Freeze("why"));

        wallet.accepts(new Command.Close("why", false));

        assertThat(wallet.state().status()).isEqualTo(Status.CLOSED);
        assertThat(wallet.state().debt()).isEqualTo(5);
    }
}
