package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class SettleTest {

    @Test
    void shouldSpendAllOfAHold() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(settle(40, false));

        assertThat(TestWallet.lines(accepted)).containsExactly("spend -40 held -40 debt 0");
        assertThat(accepted.receipt().balance()).isEqualTo(60);
        assertThat(accepted.receipt().held()).isZero();
        assertThat(accepted.facts()).extracting(fact -> ((Fact.HoldChanged) fact).state())
                .containsExactly(HoldState.SETTLED);
        assertThat(wallet.state().totals().spent()).isEqualTo(40);
        assertThat(wallet.state().holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void shouldGiveBackTheRest() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(settle(15, false));

        assertThat(TestWallet.lines(accepted)).containsExactly("spend -15 held -40 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 85");
    }

    @Test
    void shouldSpendOfAHoldWhatIsToBeSpentFirst() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS).credited(5, LotSource.EARNED)
                .holding("h", 30);

        wallet.accepts(settle(12, false));

        assertThat(wallet.free()).isEqualTo("purchased 98, earned 5");
    }

    @Test
    void shouldGiveBackEverythingWhenNothingWasUsed() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(settle(0, false));

        assertThat(TestWallet.lines(accepted)).containsExactly("spend 0 held -40 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 100");
    }

    @Test
    void shouldRefuseMoreThanIsHeldUnlessAllowed() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(settle(41, false))).isEqualTo(new Refusal.ExceedsHold(40, 41));
        assertThat(wallet.refuses(settle(Long.MAX_VALUE, false)))
                .isEqualTo(new Refusal.ExceedsHold(40, Long.MAX_VALUE));
    }

    @Test
    void shouldTakeTheOverageFromFreeTokens() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(settle(70, true));

        assertThat(TestWallet.lines(accepted)).containsExactly("spend -70 held -40 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 30");
    }

    @Test
    void shouldRefuseAnOverageThatFreeTokensDoNotCover() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(settle(101, true))).isEqualTo(new Refusal.InsufficientFunds(60, 61));
    }

    @Test
    void shouldNeverTakeTheOverageFromAnotherHold() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40).holding("other", 60);

        assertThat(wallet.refuses(settle(41, true))).isEqualTo(new Refusal.InsufficientFunds(0, 1));
    }

    @Test
    void shouldRefuseAHoldThatIsNotOpen() {
        assertThat(TestWallet.with(100).refuses(settle(1, true))).isEqualTo(new Refusal.NoOpenHold("h"));
    }

    @Test
    void shouldRefuseAHoldWhoseTimeHasCome() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40).after(Duration.ofHours(1));

        assertThat(wallet.refuses(settle(1, true))).isEqualTo(new Refusal.NoOpenHold("h"));
    }

    @Test
    void shouldSettleThoughTheWalletOwesMeanwhileAndRepayWithTheRest() {
        // Given
        TestWallet wallet = TestWallet.with(100).holding("h", 40);
        wallet.accepts(TestWallet.refund("pi_1", 75));

        // When
        Decision.Accepted accepted = wallet.accepts(settle(30, false));

        // Then
        assertThat(TestWallet.lines(accepted)).containsExactly("spend -30 held -40 debt 0",
                "debt_repayment -10 held 0 debt -10");
        assertThat(accepted.receipt().debt()).isEqualTo(5);
    }

    @Test
    void shouldRefuseAnOverageWhileTheWalletOwes() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);
        wallet.accepts(TestWallet.refund("pi_1", 75));

        assertThat(wallet.refuses(settle(41, true))).isEqualTo(new Refusal.InDebt(15));
    }

    private static Command settle(long amount, boolean allowOverage) {
        return new Command.SettleHold("h", amount, allowOverage, Memo.NONE);
    }
}
