package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

class ReversalTest {

    private static final Payment LARGE = new Payment("pi_1", "large", 5_000, 250, 4_499, "usd", null);

    private final TestWallet wallet = new TestWallet();
    private TakenBack taken = TakenBack.NONE;

    @Test
    void shouldTakeBackWhatIsThere() {
        wallet.credited(100, LotSource.PURCHASED);

        Decision.Accepted accepted = reverse(40, 0, 0);

        assertThat(TestWallet.lines(accepted)).containsExactly("refund -40 held 0 debt 0");
        assertThat(accepted.receipt().entries().getFirst().memo().paymentIntentId()).isEqualTo("pi_1");
        assertThat(accepted.facts()).containsExactly(new Fact.Reversed("pi_1",
                new TakenBack(1, 40, 0, 0, Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 40))))));
        assertThat(wallet.state().status()).isEqualTo(Status.ACTIVE);
        assertThat(wallet.state().totals()).isEqualTo(new Totals(100, 0, 0));
    }

    @Test
    void shouldTellRefundsFromDisputes() {
        wallet.credited(100, LotSource.PURCHASED);

        assertThat(TestWallet.lines(reverse(10, 30, 0))).containsExactly("refund -10 held 0 debt 0",
                "dispute -30 held 0 debt 0");
        assertThat(TestWallet.lines(reverse(10, 50, 0))).containsExactly("dispute -20 held 0 debt 0");
        assertThat(TestWallet.lines(reverse(50, 20, 0))).as("10 more in all").containsExactly(
                "refund -10 held 0 debt 0");
    }

    @Test
    void shouldTakeWhatWasBoughtBeforeAllElse() {
        wallet.credited(10, LotSource.ALLOWANCE, Duration.ofDays(1)).credited(5, LotSource.EARNED);
        wallet.accepts(new Command.Purchase(LARGE));

        reverse(5_100, 0, 0);
        assertThat(wallet.free()).isEqualTo("allowance 10, bonus 150, earned 5");
        reverse(5_250, 0, 0);
        assertThat(wallet.free()).isEqualTo("allowance 10, earned 5");
        reverse(5_253, 0, 0);
        assertThat(wallet.free()).as("then in the order of spending").isEqualTo("allowance 7, earned 5");
    }

    @Test
    void shouldLeaveTheRestAsDebt() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Spend(70, Memo.NONE));

        Decision.Accepted accepted = reverse(100, 0, 0);

        assertThat(TestWallet.lines(accepted)).containsExactly("refund -30 held 0 debt 70");
        assertThat(accepted.receipt().status()).isEqualTo(Status.DEBT);
        assertThat(wallet.refuses(new Command.Spend(1, Memo.NONE))).isEqualTo(new Refusal.InDebt(70));
    }

    @Test
    void shouldGiveBackWhatItTookAsWhatItWas() {
        wallet.credited(100, LotSource.PURCHASED).credited(20, LotSource.EARNED);
        reverse(110, 0, 0);
        assertThat(wallet.free()).isEqualTo("earned 10");

        Decision.Accepted accepted = reverse(0, 0, 0);

        assertThat(TestWallet.lines(accepted)).containsExactly("reinstatement 110 held 0 debt 0");
        assertThat(wallet.free()).isEqualTo("purchased 100, earned 20");
        assertThat(taken).isEqualTo(new TakenBack(2, 0, 0, 0, Lots.NONE));
    }

    @Test
    void shouldForgiveTheDebtThatItMadeWhenItGivesBack() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Spend(70, Memo.NONE));
        reverse(100, 0, 0);

        assertThat(TestWallet.lines(reverse(0, 0, 0))).containsExactly("reinstatement 30 held 0 debt -70");
        assertThat(wallet.state().balance()).isEqualTo(30);
        assertThat(wallet.state().debt()).isZero();
    }

    @Test
    void shouldGiveBackInTokensWhatHasBeenRepaidMeanwhile() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Spend(70, Memo.NONE));
        reverse(100, 0, 0);
        wallet.credited(90, LotSource.PROMO);
        assertThat(wallet.free()).isEqualTo("promo 20");

        assertThat(TestWallet.lines(reverse(0, 0, 0))).containsExactly("reinstatement 100 held 0 debt 0");
        assertThat(wallet.free()).isEqualTo("promo 20, purchased 100");
    }

    @Test
    void shouldLoseAtOnceWhatRanOutWhileItWasTaken() {
        wallet.credited(10, LotSource.PROMO, Duration.ofHours(1));
        reverse(10, 0, 0);
        wallet.after(Duration.ofHours(2));

        assertThat(TestWallet.lines(reverse(0, 0, 0))).containsExactly("reinstatement 10 held 0 debt 0",
                "expiry -10 held 0 debt 0");
    }

    @Test
    void shouldSetAsideWhatIsLeftOfWhatIsDisputed() {
        wallet.accepts(new Command.Purchase(LARGE));
        wallet.credited(40, LotSource.PROMO);
        wallet.accepts(new Command.Spend(2_000, Memo.NONE));

        Decision.Accepted accepted = reverse(0, 0, 5_250);

        assertThat(TestWallet.lines(accepted)).containsExactly("hold 0 held 3290 debt 0");
        assertThat(wallet.state().available()).isZero();
        assertThat(wallet.refuses(new Command.ReleaseHold("dispute-pi_1-1", Memo.NONE)))
                .isEqualTo(new Refusal.HoldInUse("dispute-pi_1-1"));
    }

    @Test
    void shouldLeaveAloneWhatWasNotBought() {
        wallet.accepts(new Command.Purchase(LARGE));
        wallet.credited(40, LotSource.EARNED);

        reverse(0, 0, 5_250);

        assertThat(wallet.free()).isEqualTo("earned 40");
        assertThat(wallet.state().debt()).isZero();
    }

    @Test
    void shouldWriteThatItIsDisputedEvenIfNothingIsLeft() {
        assertThat(TestWallet.lines(reverse(0, 0, 500))).containsExactly("dispute 0 held 0 debt 0");
        assertThat(taken.frozen()).isEqualTo(500);
    }

    @Test
    void shouldTakeWhatWasSetAsideWhenTheDisputeIsLost() {
        wallet.accepts(new Command.Purchase(LARGE));
        wallet.accepts(new Command.Spend(2_000, Memo.NONE));
        reverse(0, 0, 5_250);

        assertThat(TestWallet.lines(reverse(0, 5_250, 0))).containsExactly("release 0 held -3250 debt 0",
                "dispute -3250 held 0 debt 2000");
    }

    @Test
    void shouldSetFreeWhatWasSetAsideWhenTheDisputeEnds() {
        wallet.accepts(new Command.Purchase(LARGE));
        reverse(0, 0, 5_250);

        assertThat(TestWallet.lines(reverse(0, 0, 0))).containsExactly("release 0 held -5250 debt 0");
        assertThat(wallet.free()).isEqualTo("bonus 250, purchased 5000");
    }

    @Test
    void shouldKeepSetAsideWhatOtherPaymentsDisputesConcern() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Reverse(new Reversal("pi_other", TakenBack.NONE, 0, 0, 60, 1)));
        reverse(0, 0, 30);

        reverse(0, 0, 0);

        assertThat(wallet.state().held()).isEqualTo(60);
    }

    @Test
    void shouldComeBackByItselfIfNobodyTellsTheEnd() {
        wallet.credited(100, LotSource.PURCHASED);
        reverse(0, 0, 60);

        wallet.after(ReversalRules.LONGEST_DISPUTE);
        wallet.accepts(new Command.ExpireDue());
        assertThat(wallet.state().available()).isEqualTo(100);
        assertThat(TestWallet.lines(reverse(0, 60, 0))).containsExactly("dispute -60 held 0 debt 0");
    }

    @Test
    void shouldLeaveTokensOnHoldAlone() {
        wallet.credited(100, LotSource.PURCHASED).holding("h", 80);

        Decision.Accepted accepted = reverse(100, 0, 0);

        assertThat(accepted.receipt().balance()).isEqualTo(80);
        assertThat(accepted.receipt().held()).isEqualTo(80);
        assertThat(accepted.receipt().debt()).isEqualTo(80);
    }

    @Test
    void shouldReachAFrozenWallet() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Freeze("why"));

        reverse(100, 0, 0);

        assertThat(wallet.state().balance()).isZero();
    }

    @Test
    void shouldReachAClosedWalletButBringItNothing() {
        wallet.credited(100, LotSource.PURCHASED);
        wallet.accepts(new Command.Close("why", true));

        reverse(100, 0, 0);
        assertThat(wallet.state().debt()).isEqualTo(100);
        assertThat(wallet.state().status()).isEqualTo(Status.CLOSED);
        reverse(40, 0, 0);
        assertThat(wallet.state().debt()).isEqualTo(40);

        TestWallet other = TestWallet.with(100);
        other.accepts(TestWallet.refund("pi_1", 60));
        other.accepts(new Command.Close("why", true));
        assertThat(TestWallet.lines(other.accepts(new Command.Reverse(
                new Reversal("pi_1", new TakenBack(1, 60, 0, 0, Lots.NONE), 0, 0, 0, 2)))))
                .containsExactly("reinstatement 60 held 0 debt 0", "close -60 held 0 debt 0");
    }

    @Test
    void shouldRefuseADebtBeyondAllNumbers() {
        TestWallet owing = TestWallet.owing(Long.MAX_VALUE);

        assertThat(owing.refuses(TestWallet.refund("pi_1", 1))).isEqualTo(new Refusal.TooLarge());
    }

    @Test
    void shouldNotBeForCallersWhateverTheirScopes() {
        Authority all = new Authority.Caller(TestWallet.OWNER, Set.of(Scope.values()));

        assertThat(wallet.refuses(TestWallet.refund("pi_1", 1), all)).isEqualTo(new Refusal.NotAllowed());
    }

    /** The next step of one payment. */
    @CanIgnoreReturnValue
    private Decision.Accepted reverse(long refunded, long disputed, long frozen) {
        Decision.Accepted accepted = wallet
                .accepts(
                        new Command.Reverse(new Reversal("pi_1", taken, refunded, disputed, frozen, taken.step() + 1)));
        taken = accepted.facts().stream().filter(Fact.Reversed.class::isInstance)
                .map(fact -> ((Fact.Reversed) fact).now()).findAny().orElseThrow();
        return accepted;
    }
}
