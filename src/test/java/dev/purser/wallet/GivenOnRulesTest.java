package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

class GivenOnRulesTest {

    private static final GivenOn TIP = gift("tr_1", TransferKind.TIP);
    private static final GivenOn GIFT = gift("tr_2", TransferKind.GIFT);

    private final TestWallet wallet = new TestWallet();
    private Recovered now = Recovered.nothingOf(TIP);

    @Test
    void shouldSetAsideWhatIsLeftOfIt() {
        wallet.credited(30, LotSource.PURCHASED).credited(60, LotSource.EARNED);

        Decision.Accepted accepted = recover(100, 0);

        assertThat(TestWallet.lines(accepted)).containsExactly("hold 0 held 60 debt 0");
        assertThat(accepted.receipt().entries().getFirst().memo())
                .isEqualTo(new Memo(null, null, "pi_1", "bob", null, null));
        assertThat(wallet.free()).as("other tokens are left alone").isEqualTo("purchased 30");
        assertThat(now).as("no more is sought").isEqualTo(new Recovered(TIP, 1, 60, 60, 0));
    }

    @Test
    void shouldSetAsideAGiftAsAGift() {
        wallet.credited(50, LotSource.GIFT).credited(60, LotSource.EARNED);
        now = Recovered.nothingOf(GIFT);

        assertThat(TestWallet.lines(recover(20, 0))).containsExactly("hold 0 held 20 debt 0");
        assertThat(wallet.free()).isEqualTo("gift 30, earned 60");
        assertThat(now.room()).isEqualTo(GIFT.amount());
    }

    @Test
    void shouldWriteThatItIsAllSpent() {
        assertThat(TestWallet.lines(recover(100, 0))).containsExactly("dispute 0 held 0 debt 0");
        assertThat(now).isEqualTo(new Recovered(TIP, 1, 0, 0, 0));
    }

    @Test
    void shouldBeTouchedByNobodyAndPaidOutToNobody() {
        wallet.credited(60, LotSource.EARNED);
        recover(60, 0);
        Hold hold = wallet.state().holds().iterator().next();

        assertThat(wallet.refuses(new Command.ReleaseHold(hold.id(), Memo.NONE)))
                .isEqualTo(new Refusal.HoldInUse(hold.id()));
        assertThat(wallet.refuses(new Command.SettleHold(hold.id(), 1, true, Memo.NONE)))
                .isEqualTo(new Refusal.HoldInUse(hold.id()));
        assertThat(wallet.refuses(new Command.RequestPayout("payout", 1, 60))).isEqualTo(new Refusal.NotPayable(0, 1));
        assertThat(wallet.refuses(new Command.Spend(1, Memo.NONE))).isEqualTo(new Refusal.InsufficientFunds(0, 1));
        wallet.after(ReversalRules.LONGEST_DISPUTE.multipliedBy(9));
        assertThat(wallet.state().isDue(wallet.now())).as("nor does it come free by itself").isFalse();
    }

    @Test
    void shouldTakeOfWhatIsSetAsideAndKeepTheRest() {
        wallet.credited(60, LotSource.EARNED);
        recover(60, 0);

        assertThat(TestWallet.lines(recover(10, 45))).containsExactly("release 0 held -60 debt 0",
                "dispute -45 held 0 debt 0", "hold 0 held 10 debt 0");
        assertThat(wallet.free()).isEqualTo("earned 5");
        assertThat(now).isEqualTo(new Recovered(TIP, 2, 100, 10, 45));
    }

    @Test
    void shouldSetFreeWhatIsNotNeeded() {
        wallet.credited(60, LotSource.EARNED);
        recover(60, 0);

        assertThat(TestWallet.lines(recover(0, 0))).containsExactly("release 0 held -60 debt 0");
        assertThat(wallet.free()).isEqualTo("earned 60");
        assertThat(wallet.state().holds().size()).isZero();
    }

    @Test
    void shouldGiveBackWhatItTookAndMayKeepItAside() {
        wallet.credited(60, LotSource.EARNED);
        recover(60, 0);
        recover(0, 60);

        assertThat(TestWallet.lines(recover(20, 30))).containsExactly("reinstatement 30 held 0 debt 0",
                "hold 0 held 20 debt 0");
        assertThat(wallet.free()).isEqualTo("earned 10");
    }

    @Test
    void shouldReachAFrozenWalletAndBringNothingToAClosedOne() {
        wallet.credited(60, LotSource.EARNED);
        wallet.accepts(new Command.Freeze("why"));
        recover(60, 0);
        recover(0, 60);
        wallet.accepts(new Command.Close("why", true));

        assertThat(TestWallet.lines(recover(40, 0))).containsExactly("reinstatement 60 held 0 debt 0",
                "close -60 held 0 debt 0");
        assertThat(now).isEqualTo(new Recovered(TIP, 3, 0, 0, 0));
    }

    @Test
    void shouldTakeNothingThatMustBeOwed() {
        wallet.credited(60, LotSource.EARNED);
        recover(60, 0);
        wallet.accepts(TestWallet.refund("pi_own", 25));

        recover(0, 60);

        assertThat(wallet.state().debt()).as("its own").isEqualTo(25);
        assertThat(TestWallet.lines(recover(0, 0))).containsExactly("reinstatement 60 held 0 debt 0",
                "debt_repayment -25 held 0 debt -25");
    }

    @Test
    void shouldLeaveNoMoreHoldsThanAreAllowed() {
        wallet.credited(2_000, LotSource.EARNED);
        for (int i = 0; i < Holds.LIMIT; i++) {
            wallet.holding("h" + i, 1);
        }
        recover(60, 0);
        assertThat(wallet.state().holds().size()).isEqualTo(Holds.LIMIT);
        assertThat(now.room()).isZero();
    }

    @Test
    void shouldLetTheGiverOffNoMoreThanItOwes() {
        TestWallet giver = owing(40, 100);

        Decision.Accepted accepted = giver.accepts(forgive(taken(giver), 500));

        assertThat(TestWallet.lines(accepted)).containsExactly("reinstatement 0 held 0 debt -60");
        assertThat(accepted.receipt().status()).isEqualTo(Status.ACTIVE);
        assertThat(accepted.facts()).containsExactly(new Fact.Reversed("pi_1",
                new TakenBack(2, 0, 100, 0, Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 40))), 60)),
                new Fact.Forgiven("pi_1", 1));
        assertThat(giver.decide(forgive(taken(giver), 1), new Authority.House()))
                .isEqualTo(new Decision.Unchanged());
    }

    @Test
    void shouldLetTheGiverOweAgain() {
        TestWallet giver = owing(40, 100);
        giver.accepts(forgive(taken(giver), 60));
        giver.credited(20, LotSource.BONUS);
        TakenBack before = new TakenBack(2, 0, 100, 0, Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 40))), 60);

        Decision.Accepted accepted = giver.accepts(forgive(before, -500));

        assertThat(TestWallet.lines(accepted)).containsExactly("dispute -20 held 0 debt 40");
        assertThat(((Fact.Reversed) accepted.facts().getFirst()).now().owed()).isEqualTo(40);
    }

    /** What comes back is first the giver's own debt's, then theirs whom it had given it, then its own. */
    @Test
    void shouldGiveBackToOthersBeforeTheGiver() {
        Lots lots = Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 40)));
        TestWallet settled = owing(40, 100);
        settled.accepts(forgive(taken(settled), 60));
        assertThat(TestWallet.lines(settled.accepts(
                new Command.Reverse(new Reversal("pi_1", new TakenBack(2, 0, 100, 0, lots, 60), 0, 30, 0, 3)))))
                .containsExactly("reinstatement 10 held 0 debt 0");

        TestWallet owing = owing(40, 100);
        owing.accepts(forgive(taken(owing), 10));
        Decision.Accepted accepted = owing.accepts(
                new Command.Reverse(new Reversal("pi_1", new TakenBack(2, 0, 100, 0, lots, 10), 0, 45, 0, 3)));
        assertThat(TestWallet.lines(accepted)).containsExactly("reinstatement 0 held 0 debt -50");
        assertThat(((Fact.Reversed) accepted.facts().getFirst()).now())
                .isEqualTo(new TakenBack(3, 0, 45, 0, lots, 5));
    }

    @Test
    void shouldNotBeForCallersWhateverTheirScopes() {
        Authority all = new Authority.Caller(TestWallet.OWNER, Set.of(Scope.values()));

        assertThat(wallet.refuses(forgive(TakenBack.NONE, 1), all)).isEqualTo(new Refusal.NotAllowed());
        assertThat(wallet.refuses(new Command.Recover(new Recovery(now, 1, 1, 0, true, 1)), all))
                .isEqualTo(new Refusal.NotAllowed());
    }

    @Test
    void shouldBeFoundWhereItWasSetAsideHoweverLongItTook() {
        wallet.credited(60, LotSource.GIFT, Duration.ofHours(1));
        now = Recovered.nothingOf(GIFT);
        recover(60, 0);
        wallet.after(Duration.ofDays(2));

        assertThat(TestWallet.lines(recover(20, 40))).containsExactly("release 0 held -60 debt 0",
                "dispute -40 held 0 debt 0", "hold 0 held 20 debt 0");
    }

    private static GivenOn gift(String id, TransferKind kind) {
        return new GivenOn("pi_1", id, kind, "bob", TestWallet.OWNER, 100, 7);
    }

    private static Command forgive(TakenBack before, long tokens) {
        return new Command.Forgive(new Forgiveness("pi_1", before, tokens, 1, before.step() + 1));
    }

    /** One of whose payment so much was charged back, when only {@code there} was left of it. */
    private static TestWallet owing(long there, long chargedBack) {
        TestWallet giver = TestWallet.with(there);
        giver.accepts(new Command.Reverse(new Reversal("pi_1", TakenBack.NONE, 0, chargedBack, 0, 1)));
        return giver;
    }

    private static TakenBack taken(TestWallet giver) {
        assertThat(giver.state().available()).isZero();
        return new TakenBack(1, 0, 100, 0, Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 40))));
    }

    /** The next step. */
    @CanIgnoreReturnValue
    private Decision.Accepted recover(long aside, long taken) {
        Decision.Accepted accepted = wallet
                .accepts(new Command.Recover(new Recovery(now, now.number() + 1, aside, taken, true, 1)));
        now = ((Fact.GivenOnChanged) accepted.facts().getLast()).now();
        return accepted;
    }
}
