package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.purser.wallet.MeteredCall.End;

/** Calls by the minute, by a clock that the test moves. */
class CallTest {

    private static final Authority OWNER = new Authority.Caller(TestWallet.OWNER, Set.of());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofHours(1);

    private static Command.StartCall call(long rate, int most, boolean firstIsFree, Duration lease) {
        return new Command.StartCall("c", "star", rate, most, firstIsFree, lease, null);
    }

    /** One that is in a call for 10 tokens a minute, with so many tokens before it. */
    private static TestWallet calling(long tokens) {
        TestWallet wallet = TestWallet.with(tokens);
        wallet.accepts(call(10, 60, false, LEASE), OWNER);
        return wallet;
    }

    private static Decision.Accepted expire(TestWallet wallet) {
        return wallet.accepts(new Command.ExpireDue());
    }

    private static MeteredCall metered(Decision.Accepted decision) {
        return (MeteredCall) Objects
                .requireNonNull(Objects.requireNonNull(decision.receipt().hold()).hold().use());
    }

    private static List<String> paid(Decision.Accepted decision) {
        return decision.facts().stream().filter(Fact.Sent.class::isInstance).map(Fact.Sent.class::cast)
                .map(sent -> sent.transfer().id() + " " + sent.transfer().amount() + " to " + sent.transfer().to())
                .toList();
    }

    @Test
    void shouldChargeTheFirstMinuteAndSetTheNextAside() {
        TestWallet wallet = TestWallet.with(100);

        Decision.Accepted started = wallet.accepts(call(10, 60, false, LEASE), OWNER);

        assertThat(started.receipt().entries()).containsExactly(new Entry(2, EntryKind.CALL, -10, 10, 0, 90,
                wallet.now(), new Memo("Minute 1", null, null, "star", "c", "c.1")));
        assertThat(paid(started)).containsExactly("c.1 10 to star");
        assertThat(wallet.state().available()).isEqualTo(80);
        assertThat(wallet.state().nextDue()).isEqualTo(wallet.now().plus(MINUTE));
    }

    @Test
    void shouldChargeFourMinutesForThreeAndAHalf() {
        TestWallet wallet = calling(100);
        for (int i = 0; i < 3; i++) {
            wallet.after(MINUTE);
            assertThat(paid(expire(wallet))).containsExactly("c." + (i + 2) + " 10 to star");
        }
        wallet.after(Duration.ofSeconds(30));

        Decision.Accepted ended = wallet.accepts(new Command.EndCall("c"), OWNER);

        assertThat(paid(ended)).isEmpty();
        assertThat(metered(ended).end()).isEqualTo(End.HUNG_UP);
        assertThat(metered(ended).charged()).isEqualTo(40);
        assertThat(wallet.state().balance()).isEqualTo(60);
        assertThat(wallet.state().held()).isZero();
    }

    /** As after the death of a node: what began meanwhile is found by whoever serves the wallet next, each minute once. */
    @Test
    void shouldChargeAllMinutesThatBeganWhileNobodyLooked() {
        TestWallet wallet = calling(100);
        wallet.after(Duration.ofSeconds(200));

        assertThat(paid(expire(wallet))).containsExactly("c.2 10 to star", "c.3 10 to star", "c.4 10 to star");
        assertThat(wallet.decide(new Command.ExpireDue(), new Authority.House()))
                .isEqualTo(new Decision.Unchanged());
        assertThat(wallet.state().balance()).isEqualTo(60);
    }

    @Test
    void shouldSayAMinuteAheadThatTheTokensRunOutAndEndThen() {
        TestWallet wallet = calling(25);
        assertThat(wallet.state().held()).isEqualTo(10);

        wallet.after(MINUTE);
        Decision.Accepted last = expire(wallet);
        assertThat(paid(last)).containsExactly("c.2 10 to star");
        assertThat(Objects.requireNonNull(last.receipt().hold()).hold().amount()).as("set aside for the third")
                .isZero();

        wallet.after(MINUTE);
        Decision.Accepted ended = expire(wallet);
        assertThat(paid(ended)).isEmpty();
        assertThat(metered(ended).end()).isEqualTo(End.CANNOT_PAY);
        assertThat(wallet.state().balance()).isEqualTo(5);
        assertThat(wallet.state().holds().size()).isZero();
    }

    @Test
    void shouldEndByItsLeaseWhenNobodyGivesASignOfLife() {
        TestWallet wallet = TestWallet.with(1_000);
        wallet.accepts(call(10, 60, false, Duration.ofSeconds(150)), OWNER);
        wallet.after(Duration.ofHours(3));

        Decision.Accepted ended = expire(wallet);

        assertThat(paid(ended)).as("minutes that began within 150 s").containsExactly("c.2 10 to star",
                "c.3 10 to star");
        assertThat(metered(ended).end()).isEqualTo(End.LEASE_RAN_OUT);
        assertThat(wallet.state().balance()).isEqualTo(970);
    }

    @Test
    void shouldGoOnWhileItIsRenewedAndWriteThatOnlyNowAndThen() {
        TestWallet wallet = TestWallet.with(1_000);
        wallet.accepts(call(10, 60, false, Duration.ofSeconds(100)), OWNER);
        wallet.after(Duration.ofSeconds(49));
        assertThat(wallet.decide(new Command.RenewCall("c"), OWNER)).isEqualTo(new Decision.Unchanged());
        wallet.after(Duration.ofSeconds(1));
        wallet.accepts(new Command.RenewCall("c"), OWNER);

        wallet.after(Duration.ofSeconds(90));
        assertThat(paid(expire(wallet))).containsExactly("c.2 10 to star", "c.3 10 to star");
        assertThat(wallet.refuses(new Command.RenewCall("other"), OWNER)).isEqualTo(new Refusal.NoOpenHold("other"));
    }

    @Test
    void shouldEndWhenItHasLastedAsLongAsItMay() {
        TestWallet wallet = TestWallet.with(1_000);
        wallet.accepts(call(10, 2, false, LEASE), OWNER);
        wallet.after(MINUTE);
        assertThat(Objects.requireNonNull(expire(wallet).receipt().hold()).hold().amount()).isZero();
        wallet.after(MINUTE);
        assertThat(metered(expire(wallet)).end()).isEqualTo(End.TIME_UP);
        assertThat(wallet.state().balance()).isEqualTo(980);
    }

    @Test
    void shouldChargeNothingForAFreeFirstMinute() {
        TestWallet wallet = TestWallet.with(10);
        Decision.Accepted started = wallet.accepts(call(10, 60, true, LEASE), OWNER);
        assertThat(paid(started)).isEmpty();
        assertThat(wallet.state().available()).isZero();
        wallet.after(MINUTE);
        assertThat(paid(expire(wallet))).containsExactly("c.2 10 to star");
        assertThat(metered(wallet.accepts(new Command.EndCall("c"), OWNER)).charged()).isEqualTo(10);
    }

    @Test
    void shouldSetNothingAsideOfAFrozenWalletButChargeWhatWasSetAside() {
        TestWallet wallet = calling(100);
        wallet.accepts(new Command.Freeze("a look at it"));
        wallet.after(MINUTE);
        assertThat(paid(expire(wallet))).containsExactly("c.2 10 to star");
        wallet.after(MINUTE);
        assertThat(metered(expire(wallet)).end()).isEqualTo(End.CANNOT_PAY);
    }

    @Test
    void shouldLetEitherSideHangUpAndNobodyElse() {
        TestWallet wallet = calling(100);
        assertThat(wallet.refuses(new Command.EndCall("c"), new Authority.Caller("eve", Set.of())))
                .isEqualTo(new Refusal.NotAllowed());
        assertThat(metered(wallet.accepts(new Command.EndCall("c"), new Authority.Caller("star", Set.of()))).end())
                .isEqualTo(End.HUNG_UP);
        assertThat(wallet.refuses(new Command.EndCall("c"), OWNER)).isEqualTo(new Refusal.NoOpenHold("c"));
    }

    @Test
    void shouldNotLetTheHoldBeTouchedByItself() {
        TestWallet wallet = calling(100);
        for (Command command : List.of(new Command.ReleaseHold("c", Memo.NONE),
                new Command.SettleHold("c", 0, false, Memo.NONE), new Command.ExtendHold("c", 1, null))) {
            assertThat(wallet.refuses(command)).isEqualTo(new Refusal.HoldInUse("c"));
        }
    }

    /** Tokens that come back could pay for more minutes than can be counted; the wallet would be stuck at one of them. */
    @Test
    void shouldNotStartWhatCouldCostMoreThanCanBeCounted() {
        long rate = Long.MAX_VALUE / 12;
        assertThat(TestWallet.with(Long.MAX_VALUE).refuses(call(rate + 1, 12, false, LEASE), OWNER))
                .isEqualTo(new Refusal.TooLarge());
        assertThat(metered(TestWallet.with(Long.MAX_VALUE).accepts(call(rate, 12, false, LEASE), OWNER)).charged())
                .isEqualTo(rate);
    }

    @Test
    void shouldNotStartWithoutTokensForAMinuteNorWithOneself() {
        assertThat(TestWallet.with(9).refuses(call(10, 60, true, LEASE), OWNER))
                .isEqualTo(new Refusal.InsufficientFunds(9, 10));
        assertThat(TestWallet.with(50).refuses(
                new Command.StartCall("c", TestWallet.OWNER, 1, 1, false, LEASE, null), OWNER))
                .isEqualTo(new Refusal.ToItself());
        assertThat(TestWallet.with(50).refuses(
                new Command.StartCall("c", "nobody", 1, 1, false, LEASE, new Refusal.NoCreator("nobody")), OWNER))
                .isEqualTo(new Refusal.NoCreator("nobody"));
    }

    @Test
    void shouldNotSetAsideWhatHasRunOut() {
        TestWallet wallet = new TestWallet().credited(30, LotSource.PROMO, Duration.ofSeconds(90)).credited(100,
                LotSource.PURCHASED);
        wallet.accepts(call(10, 60, false, LEASE), OWNER);
        wallet.after(Duration.ofMinutes(2));

        Decision.Accepted both = expire(wallet);

        // The second minute was set aside while the promo was good; the third and fourth are of what was bought.
        assertThat(paid(both)).containsExactly("c.2 10 to star", "c.3 10 to star");
        assertThat(wallet.state().balance()).isEqualTo(90);
        assertThat(wallet.free()).isEqualTo("purchased 80");
    }
}
