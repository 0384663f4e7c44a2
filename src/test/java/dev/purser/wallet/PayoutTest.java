package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

class PayoutTest {

    private static final Authority OWNER = new Authority.Caller(TestWallet.OWNER, Set.of());
    private static final Authority ADMIN = new Authority.Caller("boss", Set.of(Scope.ADMIN));
    private static final Terms TERMS = new Terms(TransferLimits.NONE, new EarningRate(50, 99), Duration.ofMinutes(1),
            10, Duration.ofDays(30));

    private int number;

    @CanIgnoreReturnValue
    private Decision.Accepted earns(TestWallet wallet, long amount) {
        return wallet.accepts(new Command.Receive(new Transfer("tr_" + number++, TransferKind.TIP, "fan",
                TestWallet.OWNER, amount, null, null)));
    }

    private TestWallet earned(long amount) {
        TestWallet wallet = TestWallet.with(500).under(TERMS);
        earns(wallet, amount);
        return wallet;
    }

    private static Command.RequestPayout request(long amount, long earnedBefore) {
        return new Command.RequestPayout("p", amount, earnedBefore);
    }

    @Test
    void shouldValueEarningsSoThatTheirSumIsWorthWhatAllAre() {
        TestWallet wallet = new TestWallet().under(TERMS);
        long cents = 0;
        for (int i = 0; i < 99; i++) {
            cents += Objects.requireNonNull(((Fact.Received) earns(wallet, 1).facts().getFirst()).earning()).cents();
        }
        assertThat(cents).isEqualTo(50);
    }

    @Test
    void shouldValueNoGift() {
        TestWallet wallet = new TestWallet();
        Transfer gift = new Transfer("tr", TransferKind.GIFT, "fan", TestWallet.OWNER, 7, null, null);
        assertThat(wallet.accepts(new Command.Receive(gift)).facts()).containsExactly(new Fact.Received(gift, null));
    }

    @Test
    void shouldSetAsideOnlyWhatWasEarnedLongEnoughAgo() {
        TestWallet wallet = earned(100);
        earns(wallet, 40);
        assertThat(wallet.refuses(request(101, 100), OWNER)).isEqualTo(new Refusal.NotPayable(100, 101));
        assertThat(wallet.refuses(request(9, 100), OWNER)).isEqualTo(new Refusal.PayoutTooSmall(10));

        Decision.Accepted asked = wallet.accepts(request(100, 100), OWNER);

        assertThat(asked.receipt().hold()).isEqualTo(new Fact.HoldChanged(
                new Hold("p", "payout", wallet.now().plus(Duration.ofDays(30)), true,
                        Lots.NONE.plus(new Lot(LotSource.EARNED, null, 100)), new Payout(50, null, null)),
                HoldState.OPEN));
        assertThat(wallet.free()).isEqualTo("purchased 500, earned 40");
        assertThat(wallet.refuses(request(10, 100), OWNER)).isEqualTo(new Refusal.NotPayable(0, 10));
    }

    /** What comes between the look at the table and the decision is young, and so does not count. */
    @Test
    void shouldNotPayOutWhatWasEarnedWhileItWasAskedFor() {
        TestWallet wallet = earned(100);
        earns(wallet, 1_000);
        assertThat(wallet.refuses(request(101, 100), OWNER)).isEqualTo(new Refusal.NotPayable(100, 101));
    }

    @Test
    void shouldCountAsSpentFirstWhatWasEarnedFirst() {
        TestWallet wallet = new TestWallet().under(TERMS);
        earns(wallet, 100);
        wallet.accepts(new Command.Spend(30, Memo.NONE));
        earns(wallet, 50);
        assertThat(wallet.refuses(request(71, 100), OWNER)).isEqualTo(new Refusal.NotPayable(70, 71));
        wallet.accepts(request(70, 100), OWNER);
    }

    @Test
    void shouldTakeOutWhatIsApprovedAndGiveBackWhatIsNot() {
        TestWallet paid = earned(100);
        paid.accepts(request(60, 100), OWNER);
        assertThat(paid.refuses(new Command.ApprovePayout("p", "SEPA 1"), OWNER))
                .isEqualTo(new Refusal.NotAllowed());
        Decision.Accepted approved = paid.accepts(new Command.ApprovePayout("p", "SEPA 1"), ADMIN);
        assertThat(approved.receipt().entries()).containsExactly(
                new Entry(4, EntryKind.PAYOUT, -60, -60, 0, 540, paid.now(), Memo.of("SEPA 1")));
        assertThat(approved.facts()).contains(new Fact.Audited("approve_payout", "boss", "SEPA 1", -60));
        assertThat(paid.state().totals()).isEqualTo(new Totals(500, 0, 100));
        assertThat(paid.refuses(new Command.ApprovePayout("p", "SEPA 2"), ADMIN))
                .isEqualTo(new Refusal.NoOpenHold("p"));

        TestWallet refused = earned(100);
        refused.accepts(request(60, 100), OWNER);
        refused.accepts(new Command.RejectPayout("p", "a name that does not fit"), ADMIN);
        assertThat(refused.free()).isEqualTo("purchased 500, earned 100");
        refused.accepts(request(100, 100), OWNER);
    }

    @Test
    void shouldGiveBackWhatNobodyDecidesOn() {
        TestWallet wallet = earned(100);
        wallet.accepts(request(60, 100), OWNER);
        wallet.after(Duration.ofDays(30));
        Decision.Accepted expired = wallet.accepts(new Command.ExpireDue());
        assertThat(Objects.requireNonNull(expired.receipt().hold()).state()).isEqualTo(HoldState.EXPIRED);
        assertThat(wallet.free()).isEqualTo("purchased 500, earned 100");
    }

    @Test
    void shouldPayOutNothingOfAFrozenWallet() {
        TestWallet wallet = earned(100);
        wallet.accepts(request(60, 100), OWNER);
        wallet.accepts(new Command.Freeze("a look at it"));
        assertThat(wallet.refuses(request(10, 100), OWNER)).isEqualTo(new Refusal.Frozen());
        assertThat(wallet.refuses(new Command.ApprovePayout("p", "SEPA 1"), ADMIN)).isEqualTo(new Refusal.Frozen());
        wallet.accepts(new Command.RejectPayout("p", "frozen"), ADMIN);
    }

    @Test
    void shouldNotLetTheOwnerTouchTheHoldByItself() {
        TestWallet wallet = earned(100);
        wallet.accepts(request(60, 100), OWNER);
        assertThat(wallet.refuses(new Command.ReleaseHold("p", Memo.NONE), OWNER))
                .isEqualTo(new Refusal.HoldInUse("p"));
    }
}
