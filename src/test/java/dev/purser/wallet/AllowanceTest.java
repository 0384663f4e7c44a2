package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of an allowance is left, of how much, and when that is little. */
class AllowanceTest {

    private final TestWallet wallet = new TestWallet();

    private Allowance allowance() {
        return wallet.state().allowance();
    }

    private void spend(long amount) {
        wallet.accepts(new Command.Spend(amount, Memo.NONE));
    }

    private void pass(Duration time) {
        wallet.after(time).accepts(new Command.ExpireDue());
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "100,100,0", "100,21,0", "100,20,80", "100,11,80", "100,10,90", "100,1,90", "100,0,100",
            "3,1,0", "3,0,100", "1,0,100", "100,250,0", "9223372036854775807,1844674407370955161,80",
            "9223372036854775807,1844674407370955162,0"})
    void shouldBeNearItsEndWhenAFifthIsLeft(long granted, long left, int level) {
        assertThat(new Allowance(granted, left).level()).isEqualTo(level);
    }

    @Test
    void shouldBeWhatIsThereWhenMoreIsGranted() {
        assertThat(allowance()).isEqualTo(new Allowance(0, 0));
        wallet.credited(1_000, LotSource.ALLOWANCE).credited(500, LotSource.PURCHASED);
        spend(700);
        assertThat(allowance()).isEqualTo(new Allowance(1_000, 300));
        wallet.credited(1_000, LotSource.ALLOWANCE);
        assertThat(allowance()).isEqualTo(new Allowance(1_300, 1_300));
        spend(1_300);
        assertThat(allowance()).isEqualTo(new Allowance(1_300, 0));
        spend(100);
        assertThat(allowance().level()).isEqualTo(100);
    }

    @Test
    void shouldNotBeUsedUpByWhatIsOnlyHeld() {
        wallet.credited(100, LotSource.ALLOWANCE).holding("h", 90);
        assertThat(allowance()).isEqualTo(new Allowance(100, 100));
        wallet.credited(50, LotSource.ALLOWANCE);
        assertThat(allowance()).isEqualTo(new Allowance(150, 150));
        wallet.accepts(new Command.SettleHold("h", 80, false, Memo.NONE));
        assertThat(allowance()).isEqualTo(new Allowance(150, 70));
    }

    @Test
    void shouldBeOverWhenAllOfItHasExpired() {
        wallet.credited(100, LotSource.ALLOWANCE, Duration.ofDays(30));
        spend(95);
        assertThat(allowance().level()).isEqualTo(90);
        pass(Duration.ofDays(31));
        assertThat(allowance()).isEqualTo(new Allowance(0, 0));
    }

    @Test
    void shouldBeOverWhenItsWalletIsClosed() {
        wallet.credited(100, LotSource.ALLOWANCE).accepts(new Command.Close("moved away", true));
        assertThat(allowance()).isEqualTo(new Allowance(0, 0));
    }

    @Test
    void shouldNotCountWhatHasExpiredAsUsed() {
        wallet.credited(100, LotSource.ALLOWANCE, Duration.ofDays(30))
                .credited(100, LotSource.ALLOWANCE, Duration.ofDays(60));
        spend(10);
        pass(Duration.ofDays(31));
        assertThat(allowance()).isEqualTo(new Allowance(110, 100));
        spend(100);
        wallet.credited(5, LotSource.BONUS, Duration.ofDays(1));
        pass(Duration.ofDays(2));
        assertThat(allowance()).isEqualTo(new Allowance(110, 0));
    }
}
