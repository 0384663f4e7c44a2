package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CreditTest {

    @Test
    void shouldBringInTokens() {
        TestWallet wallet = new TestWallet();

        Receipt receipt = wallet.accepts(credit(100, LotSource.PURCHASED, null)).receipt();

        assertThat(receipt.entries()).containsExactly(
                new Entry(1, EntryKind.PURCHASE, 100, 0, 0, 100, TestWallet.START, Memo.of("a pack")));
        assertThat(wallet.state()).isEqualTo(new Wallet(TestWallet.OWNER, 1, 100, 0, 0, Standing.OPEN,
                new Totals(100, 0, 0), Lots.NONE.plus(new Lot(LotSource.PURCHASED, null, 100)), Holds.NONE,
                Sendings.NONE, TestWallet.START, 0));
    }

    @ParameterizedTest
    @CsvSource({"PURCHASED,PURCHASE", "STORE,PURCHASE", "BONUS,BONUS", "ALLOWANCE,SUBSCRIPTION_GRANT", "PROMO,PROMO",
            "EARNED,TIP", "GIFT,GIFT"})
    void shouldNameTheEntryAfterTheSource(LotSource source, EntryKind kind) {
        Receipt receipt = new TestWallet().accepts(credit(1, source, null)).receipt();

        assertThat(receipt.entries()).extracting(Entry::kind).containsExactly(kind);
    }

    @Test
    void shouldJoinTokensOfOneSourceAndExpiry() {
        TestWallet wallet = TestWallet.with(60);

        wallet.accepts(credit(40, LotSource.PURCHASED, null));

        assertThat(wallet.free()).isEqualTo("purchased 100");
    }

    @Test
    void shouldRepayAllDebtBeforeAnythingElse() {
        TestWallet wallet = TestWallet.owing(30);

        Decision.Accepted accepted = wallet.accepts(credit(100, LotSource.PURCHASED, null));

        assertThat(TestWallet.lines(accepted)).containsExactly("purchase 100 held 0 debt 0",
                "debt_repayment -30 held 0 debt -30");
        assertThat(accepted.receipt().balance()).isEqualTo(70);
        assertThat(accepted.receipt().debt()).isZero();
        assertThat(accepted.receipt().status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void shouldRepayPartOfADebtThatIsLarger() {
        TestWallet wallet = TestWallet.owing(30);

        Decision.Accepted accepted = wallet.accepts(credit(10, LotSource.PURCHASED, null));

        assertThat(accepted.receipt().balance()).isZero();
        assertThat(accepted.receipt().debt()).isEqualTo(20);
        assertThat(accepted.receipt().status()).isEqualTo(Status.DEBT);
    }

    @Test
    void shouldRepayDebtOfAFrozenWallet() {
        TestWallet wallet = TestWallet.owing(30);
        wallet.accepts(new Command.Freeze("why"));

        wallet.accepts(credit(100, LotSource.PURCHASED, null));

        assertThat(wallet.state().balance()).isEqualTo(70);
        assertThat(wallet.state().status()).isEqualTo(Status.FROZEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"STORE", "EARNED"})
    void shouldRefuseAnExpiryWhereTheSourceForbidsIt(LotSource source) {
        TestWallet wallet = new TestWallet();

        assertThat(wallet.refuses(credit(1, source, TestWallet.START.plusSeconds(1))))
                .isEqualTo(new Refusal.SourceNeverExpires(source));
    }

    @ParameterizedTest
    @EnumSource(names = {"STORE", "EARNED"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldTakeAnExpiryWhereTheSourceAllowsIt(LotSource source) {
        TestWallet wallet = new TestWallet();

        wallet.accepts(credit(1, source, TestWallet.START.plusSeconds(1)));

        assertThat(wallet.state().nextDue()).isEqualTo(TestWallet.START.plusSeconds(1));
    }

    @Test
    void shouldRefuseTokensThatHaveExpiredAlready() {
        TestWallet wallet = new TestWallet();

        assertThat(wallet.refuses(credit(1, LotSource.BONUS, TestWallet.START)))
                .isEqualTo(new Refusal.ExpiresInThePast(TestWallet.START));
    }

    @Test
    void shouldJudgeAnExpiryByTheLedgersTimeWhenAnotherClockWasAhead() {
        // Given
        TestWallet wallet = TestWallet.with(1).after(Duration.ofSeconds(-10));

        // When
        Refusal refusal = wallet.refuses(credit(1, LotSource.BONUS, TestWallet.START.minusSeconds(5)));

        // Then
        assertThat(refusal).isEqualTo(new Refusal.ExpiresInThePast(TestWallet.START.minusSeconds(5)));
    }

    @Test
    void shouldRefuseWhatWouldOverflowTheBalance() {
        TestWallet wallet = TestWallet.with(Long.MAX_VALUE);

        assertThat(wallet.refuses(credit(1, LotSource.BONUS, null))).isEqualTo(new Refusal.TooLarge());
    }

    @Test
    void shouldRefuseWhatWouldOverflowTheTotals() {
        TestWallet wallet = TestWallet.with(Long.MAX_VALUE);
        wallet.accepts(new Command.Adjust(-Long.MAX_VALUE, "why"));

        assertThat(wallet.refuses(credit(1, LotSource.PURCHASED, null))).isEqualTo(new Refusal.TooLarge());
    }

    @Test
    void shouldRefuseAClosedWallet() {
        TestWallet wallet = new TestWallet();
        wallet.accepts(new Command.Close("why", false));

        assertThat(wallet.refuses(credit(1, LotSource.PURCHASED, null))).isEqualTo(new Refusal.Closed());
    }

    private static Command credit(long amount, LotSource source, @Nullable Instant expiresAt) {
        return new Command.Credit(amount, source, expiresAt, Memo.of("a pack"));
    }
}
