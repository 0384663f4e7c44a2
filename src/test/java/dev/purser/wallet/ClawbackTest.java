package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClawbackTest {

    @Test
    void shouldTakeBackWhatIsThere() {
        TestWallet wallet = TestWallet.with(100);

        Decision.Accepted accepted = wallet.accepts(clawback(40, LotSource.PURCHASED));

        assertThat(TestWallet.lines(accepted)).containsExactly("refund -40 held 0 debt 0");
        assertThat(wallet.state().status()).isEqualTo(Status.ACTIVE);
        assertThat(wallet.state().totals()).isEqualTo(new Totals(100, 0, 0));
    }

    @Test
    void shouldNameTheEntryAfterTheCause() {
        Decision.Accepted accepted = TestWallet.with(100)
                .accepts(new Command.Clawback(40, ClawbackCause.DISPUTE, LotSource.PURCHASED, Memo.NONE));

        assertThat(TestWallet.lines(accepted)).containsExactly("dispute -40 held 0 debt 0");
    }

    @Test
    void shouldPreferTheSourceThatWasPaidForAndThenGoInSpendingOrder() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS).credited(5, LotSource.EARNED);

        wallet.accepts(clawback(103, LotSource.PURCHASED));

        assertThat(wallet.free()).isEqualTo("bonus 7, earned 5");
    }

    @Test
    void shouldLeaveTheRestAsDebt() {
        TestWallet wallet = TestWallet.with(100);
        wallet.accepts(new Command.Spend(70, Memo.NONE));

        Decision.Accepted accepted = wallet.accepts(clawback(100, LotSource.PURCHASED));

        assertThat(TestWallet.lines(accepted)).containsExactly("refund -30 held 0 debt 70");
        assertThat(accepted.receipt().balance()).isZero();
        assertThat(accepted.receipt().debt()).isEqualTo(70);
        assertThat(accepted.receipt().status()).isEqualTo(Status.DEBT);
    }

    @Test
    void shouldLeaveTokensOnHoldAlone() {
        TestWallet wallet = TestWallet.with(100).holding("h", 80);

        Decision.Accepted accepted = wallet.accepts(clawback(100, LotSource.PURCHASED));

        assertThat(accepted.receipt().balance()).isEqualTo(80);
        assertThat(accepted.receipt().held()).isEqualTo(80);
        assertThat(accepted.receipt().debt()).isEqualTo(80);
    }

    @Test
    void shouldAddToADebtThatThereIs() {
        TestWallet wallet = TestWallet.owing(20);

        wallet.accepts(clawback(5, LotSource.STORE));

        assertThat(wallet.state().debt()).isEqualTo(25);
    }

    @Test
    void shouldReachAFrozenWallet() {
        TestWallet wallet = TestWallet.with(100);
        wallet.accepts(new Command.Freeze("why"));

        wallet.accepts(clawback(100, LotSource.PURCHASED));

        assertThat(wallet.state().balance()).isZero();
    }

    @Test
    void shouldReachAClosedWallet() {
        TestWallet wallet = TestWallet.with(100);
        wallet.accepts(new Command.Close("why", true));

        wallet.accepts(clawback(100, LotSource.PURCHASED));

        assertThat(wallet.state().debt()).isEqualTo(100);
        assertThat(wallet.state().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void shouldRefuseADebtBeyondAllNumbers() {
        TestWallet wallet = TestWallet.owing(Long.MAX_VALUE);

        assertThat(wallet.refuses(clawback(1, LotSource.PURCHASED))).isEqualTo(new Refusal.TooLarge());
    }

    private static Command clawback(long amount, LotSource source) {
        return new Command.Clawback(amount, ClawbackCause.REFUND, source, Memo.NONE);
    }
}
