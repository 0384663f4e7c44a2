package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void shouldRefuseOneLotTooMany() {
        TestWallet wallet = withLots(Lots.LIMIT);

        assertThat(wallet.refuses(credit(LotSource.BONUS, Lots.LIMIT + 1)))
                .isEqualTo(new Refusal.TooManyLots(Lots.LIMIT));
    }

    @Test
    void shouldTakeWhatJoinsALotWhenThereIsNoRoomForAnother() {
        TestWallet wallet = withLots(Lots.LIMIT);

        wallet.accepts(credit(LotSource.BONUS, Lots.LIMIT));

        assertThat(wallet.state().lots().size()).isEqualTo(Lots.LIMIT);
        assertThat(wallet.state().balance()).isEqualTo(Lots.LIMIT + 1);
    }

    @Test
    void shouldNeverRefuseTokensThatDoNotExpireForLackOfRoom() {
        TestWallet wallet = withLots(Lots.LIMIT);

        for (LotSource source : LotSource.values()) {
            wallet.credited(1, source).credited(1, source);
        }
        wallet.accepts(new Command.Adjust(1, "why"));

        assertThat(wallet.state().lots().size()).isEqualTo(Lots.LIMIT + LotSource.values().length);
    }

    @Test
    void shouldCountLotsOnHoldToo() {
        // Given
        TestWallet wallet = withLots(Lots.LIMIT);
        wallet.holding("h", Lots.LIMIT / 2);

        // When
        for (int i = 1; i <= Lots.LIMIT; i++) {
            if (wallet.decide(credit(LotSource.PROMO, i), new Authority.House()) instanceof Decision.Accepted) {
                wallet.accepts(credit(LotSource.PROMO, i));
            }
        }
        wallet.accepts(new Command.ReleaseHold("h", Memo.NONE));

        // Then
        assertThat(wallet.state().lots().size()).isLessThanOrEqualTo(Lots.LIMIT + 1);
    }

    private static TestWallet withLots(int lots) {
        TestWallet wallet = new TestWallet();
        for (int i = 1; i <= lots; i++) {
            wallet.accepts(credit(LotSource.BONUS, i));
        }
        return wallet;
    }

    private static Command credit(LotSource source, int days) {
        return new Command.Credit(1, source, TestWallet.START.plus(Duration.ofDays(days)), Memo.NONE);
    }
}
