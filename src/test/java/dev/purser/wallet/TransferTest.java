package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class TransferTest {

    private static final String OWNER = TestWallet.OWNER;
    private static final Transfer TIP = new Transfer("tr_1", TransferKind.TIP, OWNER, "star", 30, "stage", "Encore!");

    private static Transfer toOwner(TransferKind kind, long amount) {
        return new Transfer("tr_2", kind, "fan", OWNER, amount, null, null);
    }

    @Test
    void shouldPutInThePostWhatIsTakenFromTheSender() {
        TestWallet wallet = TestWallet.with(20).credited(25, LotSource.BONUS);

        Decision.Accepted sent = wallet.accepts(new Command.Send(TIP, null));

        assertThat(sent.receipt().entries()).containsExactly(new Entry(3, EntryKind.TIP, -30, 0, 0, 15, wallet.now(),
                new Memo("Encore!", null, null, "star", "stage", "tr_1")));
        assertThat(sent.facts()).containsExactly(new Fact.Sent(TIP,
                Lots.of(List.of(new Lot(LotSource.BONUS, null, 25), new Lot(LotSource.PURCHASED, null, 5))), 0));
        assertThat(wallet.free()).isEqualTo("purchased 15");
        assertThat(wallet.state().totals()).isEqualTo(new Totals(20, 30, 0));
    }

    /** Also over midnight, when nothing counts any more that was sent before. */
    @Test
    void shouldSayWhichTransferWasTheOneBefore() {
        TestWallet wallet = TestWallet.with(100);

        assertThat(before(wallet.accepts(new Command.Send(TIP, null)))).isZero();
        wallet.accepts(new Command.Spend(1, Memo.NONE));
        assertThat(before(wallet.accepts(new Command.Send(TIP, null)))).isEqualTo(2);
        wallet.after(Duration.ofDays(2));
        assertThat(before(wallet.accepts(new Command.Send(TIP, null)))).isEqualTo(4);
        assertThat(wallet.state().sendings().last()).isEqualTo(5);
    }

    private static long before(Decision.Accepted sent) {
        return ((Fact.Sent) sent.facts().getFirst()).before();
    }

    @Test
    void shouldSendNothingThatMayNotGoOut() {
        assertThat(TestWallet.with(29).refuses(new Command.Send(TIP, null)))
                .isEqualTo(new Refusal.InsufficientFunds(29, 30));
        assertThat(TestWallet.owing(5).refuses(new Command.Send(TIP, null))).isEqualTo(new Refusal.InDebt(5));
        assertThat(TestWallet.with(50).refuses(new Command.Send(
                new Transfer("tr", TransferKind.GIFT, OWNER, OWNER, 1, null, null), null)))
                .isEqualTo(new Refusal.ToItself());
        assertThat(TestWallet.with(50).refuses(new Command.Send(TIP, new Refusal.RecipientClosed("star"))))
                .isEqualTo(new Refusal.RecipientClosed("star"));
        assertThat(TestWallet.with(50).refuses(new Command.Send(TIP, null), new Authority.Caller("eve", Set.of())))
                .isEqualTo(new Refusal.NotAllowed());
    }

    @Test
    void shouldTakeInWhatWasSent() {
        TestWallet wallet = new TestWallet();

        Decision.Accepted received = wallet.accepts(new Command.Receive(toOwner(TransferKind.TIP, 30)));
        wallet.accepts(new Command.Receive(toOwner(TransferKind.GIFT, 5)));

        assertThat(received.facts())
                .containsExactly(new Fact.Received(toOwner(TransferKind.TIP, 30), new Earning(30, 30)));
        assertThat(wallet.free()).isEqualTo("gift 5, earned 30");
        assertThat(wallet.state().totals()).isEqualTo(new Totals(0, 0, 30));
    }

    @Test
    void shouldTakeInWhenFrozenAndRepayWhatIsOwedButNothingOnceClosed() {
        TestWallet owing = TestWallet.owing(20);
        owing.accepts(new Command.Receive(toOwner(TransferKind.CALL, 30)));
        assertThat(owing.state().balance()).isEqualTo(10);

        TestWallet wallet = new TestWallet();
        wallet.accepts(new Command.Freeze("a look at it"));
        wallet.accepts(new Command.Receive(toOwner(TransferKind.TIP, 1)));
        wallet.accepts(new Command.Close("a farewell", true));
        assertThat(wallet.refuses(new Command.Receive(toOwner(TransferKind.TIP, 1)))).isEqualTo(new Refusal.Closed());
    }

    @Test
    void shouldGiveBackTheVeryTokensThatWereSent() {
        TestWallet wallet = TestWallet.with(20).credited(25, LotSource.BONUS, Duration.ofHours(1));
        String before = wallet.free();
        Decision.Accepted sent = wallet.accepts(new Command.Send(TIP, null));
        Lots lots = ((Fact.Sent) sent.facts().getFirst()).lots();

        wallet.accepts(new Command.TakeBack(TIP, lots));

        assertThat(wallet.free()).isEqualTo(before);
        assertThat(wallet.state().totals()).isEqualTo(new Totals(20, 0, 0));
    }

    @Test
    void shouldLoseAtOnceWhatRanOutWhileItWasInThePost() {
        TestWallet wallet = TestWallet.with(20).credited(25, LotSource.BONUS, Duration.ofHours(1));
        Decision.Accepted sent = wallet.accepts(new Command.Send(TIP, null));
        Lots lots = ((Fact.Sent) sent.facts().getFirst()).lots();

        wallet.after(Duration.ofHours(2)).accepts(new Command.TakeBack(TIP, lots));

        assertThat(wallet.free()).isEqualTo("purchased 20");
    }

    @Test
    void shouldLeaveReceivingAndTakingBackToTheHouse() {
        Authority everything = new Authority.Caller(OWNER, Set.of(Scope.values()));
        TestWallet wallet = TestWallet.with(20);
        assertThat(wallet.refuses(new Command.Receive(toOwner(TransferKind.TIP, 1)), everything))
                .isEqualTo(new Refusal.NotAllowed());
        assertThat(wallet.refuses(new Command.TakeBack(TIP, Lots.NONE), everything))
                .isEqualTo(new Refusal.NotAllowed());
    }

    @Test
    void shouldNeverTakeAnothersTransferForItsOwn() {
        TestWallet wallet = TestWallet.with(20);
        assertThatThrownBy(() -> wallet.accepts(new Command.Receive(TIP))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wallet.accepts(new Command.Send(
                new Transfer(Transfer.UNNAMED, TransferKind.TIP, OWNER, "star", 1, null, null), null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transfer("tr", TransferKind.TIP, "a", "b", 0, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
