package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldTakeAwayEachLotWhoseTimeHasCome() {
        // Given
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, HOUR)
                .credited(5, LotSource.ALLOWANCE, HOUR).credited(3, LotSource.PROMO, HOUR.plusMillis(1)).after(HOUR);

        // When
        Decision.Accepted accepted = wallet.accepts(new Command.ExpireDue());

        // Then
        assertThat(TestWallet.lines(accepted)).containsExactly("expiry -5 held 0 debt 0", "expiry -10 held 0 debt 0");
        assertThat(accepted.receipt().entries()).extracting(entry -> entry.memo().description())
                .containsExactly("allowance", "bonus");
        assertThat(wallet.free()).isEqualTo("promo 3, purchased 100");
    }

    @Test
    void shouldDoNothingBeforeTheTime() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, HOUR).after(HOUR.minusMillis(1));

        assertThat(wallet.decide(new Command.ExpireDue(), new Authority.House())).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void shouldTakeNothingTwice() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, HOUR).after(HOUR);
        wallet.accepts(new Command.ExpireDue());

        assertThat(wallet.state().isDue(wallet.now())).isFalse();
        assertThat(wallet.decide(new Command.ExpireDue(), new Authority.House())).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void shouldNotTouchTokensOnHold() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, Duration.ofMinutes(1))
                .holding("h", 4).after(Duration.ofMinutes(1));

        wallet.accepts(new Command.ExpireDue());

        assertThat(wallet.free()).isEqualTo("purchased 100");
        assertThat(wallet.state().held()).isEqualTo(4);
    }

    @Test
    void shouldTakeAwayTokensThatAreReleasedAfterTheirTime() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, Duration.ofMinutes(1))
                .holding("h", 30).after(Duration.ofMinutes(2));

        Decision.Accepted accepted = wallet.accepts(new Command.ReleaseHold("h", Memo.NONE));

        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -30 debt 0", "expiry -10 held 0 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 100");
    }

    @Test
    void shouldSettleWithTokensWhoseTimeHasPassedAndTakeAwayTheRestOfThem() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, Duration.ofMinutes(1))
                .holding("h", 30).after(Duration.ofMinutes(2));

        Decision.Accepted accepted = wallet.accepts(new Command.SettleHold("h", 7, false, Memo.NONE));

        assertThat(TestWallet.lines(accepted)).containsExactly("spend -7 held -30 debt 0", "expiry -3 held 0 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 100");
    }

    @Test
    void shouldTakeAwayWhatAnExpiredHoldGivesBackTooLate() {
        TestWallet wallet = TestWallet.with(100).credited(10, LotSource.BONUS, Duration.ofMinutes(1))
                .holding("h", 10).after(HOUR);

        Decision.Accepted accepted = wallet.accepts(new Command.ExpireDue());

        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -10 debt 0", "expiry -10 held 0 debt 0");
    }

    @Test
    void shouldRepayDebtOnlyWithTokensThatHaveNotRunOut() {
        // Given
        TestWallet wallet = TestWallet.with(5).credited(10, LotSource.BONUS, Duration.ofMinutes(1)).holding("h", 15);
        wallet.accepts(TestWallet.refund("pi_1", 8));
        wallet.after(HOUR);

        // When
        Decision.Accepted accepted = wallet.accepts(new Command.ExpireDue());

        // Then
        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -15 debt 0", "expiry -10 held 0 debt 0",
                "debt_repayment -5 held 0 debt -5");
        assertThat(accepted.receipt().debt()).isEqualTo(3);
    }

    @Test
    void shouldExpireTokensOfAFrozenWallet() {
        TestWallet wallet = new TestWallet().credited(10, LotSource.BONUS, HOUR);
        wallet.accepts(new Command.Freeze("why"));

        wallet.after(HOUR).accepts(new Command.ExpireDue());

        assertThat(wallet.state().balance()).isZero();
    }

    @Test
    void shouldKnowWhenItIsNextDue() {
        TestWallet wallet = TestWallet.with(100);
        assertThat(wallet.state().nextDue()).isNull();

        wallet.credited(10, LotSource.BONUS, Duration.ofHours(2));
        assertThat(wallet.state().nextDue()).isEqualTo(TestWallet.START.plus(Duration.ofHours(2)));

        wallet.holding("h", 50);
        assertThat(wallet.state().nextDue()).isEqualTo(TestWallet.START.plus(HOUR));
    }
}
