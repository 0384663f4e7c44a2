package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class SpendTest {

    private static final Memo MEMO = new Memo("a story", "{\"id\":1}", null, null, null, null);

    @Test
    void shouldTakeTokens() {
        TestWallet wallet = TestWallet.with(100).after(Duration.ofSeconds(1));

        Receipt receipt = wallet.accepts(new Command.Spend(30, MEMO)).receipt();

        assertThat(receipt).isEqualTo(new Receipt(2, 70, 0, 0, Status.ACTIVE, receipt.entries(), null));
        assertThat(receipt.entries())
                .containsExactly(new Entry(2, EntryKind.SPEND, -30, 0, 0, 70, wallet.now(), MEMO));
        assertThat(wallet.free()).isEqualTo("purchased 70");
        assertThat(wallet.state().totals()).isEqualTo(new Totals(100, 30, 0));
    }

    @Test
    void shouldLeaveNoLotBehindWhenAllIsSpent() {
        TestWallet wallet = TestWallet.with(100);

        wallet.accepts(spend(100));

        assertThat(wallet.state().lots()).isEqualTo(Lots.NONE);
    }

    @Test
    void shouldTakeWhatExpiresFirstThenWhatWasGivenThenWhatWasPaidForThenWhatWasEarned() {
        // Given
        TestWallet wallet = new TestWallet();
        wallet.credited(1, LotSource.EARNED).credited(2, LotSource.STORE).credited(3, LotSource.PURCHASED)
                .credited(4, LotSource.GIFT).credited(5, LotSource.BONUS).credited(6, LotSource.PROMO)
                .credited(7, LotSource.ALLOWANCE).credited(8, LotSource.ALLOWANCE, Duration.ofDays(2))
                .credited(9, LotSource.PURCHASED, Duration.ofDays(1));
        assertThat(wallet.free()).isEqualTo("purchased 9, allowance 8, allowance 7, promo 6, bonus 5, gift 4, "
                + "purchased 3, store 2, earned 1");

        // When
        wallet.accepts(spend(9 + 8 + 7 + 6 + 5 + 1));

        // Then
        assertThat(wallet.free()).isEqualTo("gift 3, purchased 3, store 2, earned 1");
    }

    @Test
    void shouldRefuseMoreThanIsAvailable() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(spend(61))).isEqualTo(new Refusal.InsufficientFunds(60, 61));
        assertThat(wallet.refuses(spend(Long.MAX_VALUE)))
                .isEqualTo(new Refusal.InsufficientFunds(60, Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseAWalletThatNothingHasHappenedTo() {
        assertThat(new TestWallet().refuses(spend(1))).isEqualTo(new Refusal.InsufficientFunds(0, 1));
    }

    @Test
    void shouldRefuseAWalletInDebt() {
        assertThat(TestWallet.owing(5).refuses(spend(1))).isEqualTo(new Refusal.InDebt(5));
    }

    @Test
    void shouldNotLetTheLedgersTimeGoBack() {
        TestWallet wallet = TestWallet.with(100).after(Duration.ofSeconds(-3));

        Receipt receipt = wallet.accepts(spend(1)).receipt();

        assertThat(receipt.entries()).extracting(Entry::at).containsExactly(TestWallet.START);
    }

    @Test
    void shouldShowTheWalletAndWriteNothingWhenLookedAt() {
        assertThat(TestWallet.with(1).decide(new Command.Look(), new Authority.House()))
                .isEqualTo(new Decision.Unchanged());
    }

    private static Command spend(long amount) {
        return new Command.Spend(amount, Memo.NONE);
    }
}
