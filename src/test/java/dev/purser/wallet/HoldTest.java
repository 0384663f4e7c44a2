package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldSetTokensAside() {
        TestWallet wallet = TestWallet.with(100);

        Decision.Accepted accepted = wallet.accepts(new Command.OpenHold("h", 40, "a call", HOUR));

        Hold hold = hold("h", "a call", TestWallet.START.plus(HOUR), 40);
        assertThat(TestWallet.lines(accepted)).containsExactly("hold 0 held 40 debt 0");
        assertThat(accepted.facts()).containsExactly(new Fact.HoldChanged(hold, HoldState.OPEN));
        assertThat(accepted.receipt().hold()).isEqualTo(new Fact.HoldChanged(hold, HoldState.OPEN));
        assertThat(accepted.receipt().balance()).isEqualTo(100);
        assertThat(accepted.receipt().available()).isEqualTo(60);
        assertThat(wallet.state().holds().find("h")).isEqualTo(hold);
    }

    @Test
    void shouldRefuseToHoldMoreThanIsAvailable() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(open("other", 61))).isEqualTo(new Refusal.InsufficientFunds(60, 61));
    }

    @Test
    void shouldRefuseASecondHoldOfTheSameName() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(open("h", 1))).isEqualTo(new Refusal.HoldExists("h"));
    }

    @Test
    void shouldRefuseOneHoldTooMany() {
        TestWallet wallet = TestWallet.with(2_000);
        for (int i = 0; i < Holds.LIMIT; i++) {
            wallet.holding("h" + i, 1);
        }

        assertThat(wallet.refuses(open("one more", 1))).isEqualTo(new Refusal.TooManyHolds(1_000));
    }

    @Test
    void shouldRefuseAWalletInDebt() {
        assertThat(TestWallet.owing(5).refuses(open("h", 1))).isEqualTo(new Refusal.InDebt(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 31_556_889_864_403_199L})
    void shouldRefuseALifetimeBeyondTheCalendar(long seconds) {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);
        Duration lifetime = Duration.ofSeconds(seconds);

        assertThat(wallet.refuses(new Command.OpenHold("other", 1, null, lifetime))).isEqualTo(new Refusal.TooLarge());
        assertThat(wallet.refuses(extend("h", 1, lifetime))).isEqualTo(new Refusal.TooLarge());
    }

    @Test
    void shouldGrowAndLastLonger() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40).after(Duration.ofMinutes(30));

        Decision.Accepted accepted = wallet.accepts(extend("h", 25, HOUR));

        Hold hold = hold("h", null, TestWallet.START.plus(Duration.ofMinutes(90)), 65);
        assertThat(TestWallet.lines(accepted)).containsExactly("hold 0 held 25 debt 0");
        assertThat(accepted.receipt().hold()).isEqualTo(new Fact.HoldChanged(hold, HoldState.OPEN));
        assertThat(wallet.state().available()).isEqualTo(35);
    }

    @Test
    void shouldGrowAndKeepItsTime() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        wallet.accepts(extend("h", 60, null));

        assertThat(wallet.state().holds().find("h")).isEqualTo(hold("h", null, TestWallet.START.plus(HOUR), 100));
    }

    @Test
    void shouldNeverBecomeShorter() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        wallet.accepts(extend("h", 0, Duration.ofMinutes(1)));

        assertThat(wallet.state().holds().find("h")).isEqualTo(hold("h", null, TestWallet.START.plus(HOUR), 40));
    }

    @Test
    void shouldRefuseToExtendWhatIsNotThereOrNotCovered() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        assertThat(wallet.refuses(extend("other", 1, null))).isEqualTo(new Refusal.NoOpenHold("other"));
        assertThat(wallet.refuses(extend("h", 61, null))).isEqualTo(new Refusal.InsufficientFunds(60, 61));
    }

    @Test
    void shouldGiveBackAllThatIsReleased() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);

        Decision.Accepted accepted = wallet.accepts(new Command.ReleaseHold("h", Memo.of("no call")));

        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -40 debt 0");
        assertThat(accepted.facts()).containsExactly(
                new Fact.HoldChanged(hold("h", null, TestWallet.START.plus(HOUR), 40), HoldState.RELEASED));
        assertThat(wallet.free()).isEqualTo("purchased 100");
        assertThat(wallet.state().holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void shouldReleaseAHoldOnlyOnce() {
        TestWallet wallet = TestWallet.with(100).holding("h", 40);
        wallet.accepts(new Command.ReleaseHold("h", Memo.NONE));

        assertThat(wallet.refuses(new Command.ReleaseHold("h", Memo.NONE))).isEqualTo(new Refusal.NoOpenHold("h"));
    }

    @Test
    void shouldRepayDebtWithWhatIsReleased() {
        // Given
        TestWallet wallet = TestWallet.with(100).holding("h", 40);
        wallet.accepts(TestWallet.refund("pi_1", 75));
        assertThat(wallet.state().debt()).isEqualTo(15);

        // When
        Decision.Accepted accepted = wallet.accepts(new Command.ReleaseHold("h", Memo.NONE));

        // Then
        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -40 debt 0",
                "debt_repayment -15 held 0 debt -15");
        assertThat(wallet.state().balance()).isEqualTo(25);
    }

    @Test
    void shouldEndByItselfWhenItsTimeHasCome() {
        // Given
        TestWallet wallet = TestWallet.with(100);
        wallet.accepts(new Command.OpenHold("late", 10, null, HOUR.plusMillis(1)));
        wallet.accepts(new Command.OpenHold("second", 20, "a call", HOUR));
        wallet.accepts(new Command.OpenHold("first", 30, null, HOUR.minusMillis(1)));
        wallet.after(HOUR);

        // When
        Decision.Accepted accepted = wallet.accepts(new Command.ExpireDue());

        // Then
        assertThat(TestWallet.lines(accepted)).containsExactly("release 0 held -30 debt 0",
                "release 0 held -20 debt 0");
        assertThat(accepted.receipt().entries()).extracting(entry -> entry.memo().description())
                .containsExactly(null, "a call");
        assertThat(accepted.facts()).extracting(fact -> ((Fact.HoldChanged) fact).state())
                .containsExactly(HoldState.EXPIRED, HoldState.EXPIRED);
        assertThat(wallet.state().held()).isEqualTo(10);
    }

    @Test
    void shouldLetNobodyButABackendTouchWhatABackendHasSetAside() {
        Authority owner = new Authority.Caller(TestWallet.OWNER, Set.of());
        Authority backend = new Authority.Caller("shop", Set.of(Scope.CHARGE));
        Wallet rich = TestWallet.with(100).state();
        Wallet ofBackend = after(Rules.decide(rich, open("h", 30), backend, TestWallet.START, Terms.FREE));
        Wallet ofOwner = after(Rules.decide(rich, open("h", 30), owner, TestWallet.START, Terms.FREE));

        for (Command command : List.of(new Command.SettleHold("h", 0, false, Memo.NONE), extend("h", 1, null),
                new Command.ReleaseHold("h", Memo.NONE))) {
            assertThat(Rules.decide(ofBackend, command, owner, TestWallet.START, Terms.FREE))
                    .isEqualTo(new Decision.Refused(new Refusal.HoldGuarded("h")));
            assertThat(Rules.decide(ofBackend, command, backend, TestWallet.START, Terms.FREE))
                    .isInstanceOf(Decision.Accepted.class);
            assertThat(Rules.decide(ofOwner, command, owner, TestWallet.START, Terms.FREE))
                    .isInstanceOf(Decision.Accepted.class);
        }
        Wallet longer = after(Rules.decide(ofBackend, extend("h", 1, null), backend, TestWallet.START, Terms.FREE));
        assertThat(Rules.decide(longer, new Command.ReleaseHold("h", Memo.NONE), owner, TestWallet.START, Terms.FREE))
                .isEqualTo(new Decision.Refused(new Refusal.HoldGuarded("h")));
    }

    private static Wallet after(Decision decision) {
        return ((Decision.Accepted) decision).after();
    }

    private static Command open(String id, long amount) {
        return new Command.OpenHold(id, amount, null, HOUR);
    }

    private static Command extend(String id, long amount, @Nullable Duration lifetime) {
        return new Command.ExtendHold(id, amount, lifetime);
    }

    private static Hold hold(String id, @Nullable String purpose, Instant expiresAt, long amount) {
        return new Hold(id, purpose, expiresAt, true, Lots.NONE.plus(new Lot(LotSource.PURCHASED, null, amount)), null);
    }
}
