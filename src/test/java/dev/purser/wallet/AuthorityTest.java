package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorityTest {

    private static final String READERS = "owner, wallets:read, admin";
    private static final String CHARGERS = "owner, wallets:charge";

    private static final Transfer TRANSFER = new Transfer("tr", TransferKind.GIFT, "ada", "bob", 1, null, null);

    static Stream<Arguments> commands() {
        return Stream.of(Arguments.of(new Command.Look(), READERS),
                Arguments.of(new Command.Spend(1, Memo.NONE), CHARGERS),
                Arguments.of(new Command.Send(TRANSFER, null), CHARGERS),
                Arguments.of(new Command.Purchase(new Payment("pi_1", "pack", 1, 0, 1, "usd", null)), ""),
                Arguments.of(new Command.Receive(TRANSFER), ""),
                Arguments.of(new Command.TakeBack(TRANSFER, Lots.NONE), ""),
                Arguments.of(new Command.StartCall("c", "bob", 1, 1, false, Duration.ofMinutes(1), null), CHARGERS),
                Arguments.of(new Command.RenewCall("c"), CHARGERS),
                Arguments.of(new Command.RequestPayout("p", 1, 0), CHARGERS),
                Arguments.of(new Command.ApprovePayout("p", "paid"), "admin"),
                Arguments.of(new Command.RejectPayout("p", "why"), "admin"),
                Arguments.of(new Command.OpenHold("h", 1, null, Duration.ofHours(1)), CHARGERS),
                Arguments.of(new Command.ExtendHold("h", 1, null), CHARGERS),
                Arguments.of(new Command.SettleHold("h", 1, false, Memo.NONE), CHARGERS),
                Arguments.of(new Command.ReleaseHold("h", Memo.NONE), CHARGERS),
                Arguments.of(new Command.Credit(1, LotSource.PURCHASED, null, Memo.NONE), "wallets:credit"),
                Arguments.of(TestWallet.refund("pi_1", 1), ""),
                Arguments.of(new Command.Forgive(new Forgiveness("pi_1", TakenBack.NONE, 1, 1, 1)), ""),
                Arguments.of(new Command.Recover(new Recovery(Recovered.nothingOf(
                        new GivenOn("pi_1", "tr", TransferKind.TIP, "bob", "ada", 1, 1)), 1, 1, 0, true, 1)), ""),
                Arguments.of(new Command.Adjust(1, "why"), "admin"), Arguments.of(new Command.Freeze("why"), "admin"),
                Arguments.of(new Command.Unfreeze("why"), "admin"),
                Arguments.of(new Command.Close("why", true), "admin"), Arguments.of(new Command.ExpireDue(), ""));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldAllowACommandToTheHouseAndToWhoMayGiveIt(Command command, String allowed) {
        assertThat(whoMayGive(command)).isEqualTo(allowed);
        assertThat(new Authority.House().allows(command, "ada")).isTrue();
    }

    @Test
    void shouldCoverEveryCommand() {
        List<Class<?>> covered = commands().<Class<?>>map(arguments -> arguments.get()[0].getClass()).toList();

        assertThat(covered).doesNotContain(Command.EndCall.class);
        assertThat(Stream.concat(covered.stream(), Stream.of(Command.EndCall.class)))
                .containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
    }

    /** Who takes part in a call only the rule can know: see CallTest. It tells others that there is none. */
    @Test
    void shouldLeaveItToTheRuleWhoMayEndACall() {
        Authority stranger = new Authority.Caller("eve", Set.of());
        assertThat(stranger.allows(new Command.EndCall("c"), "ada")).isTrue();
        assertThat(TestWallet.with(1).decide(new Command.EndCall("c"), stranger))
                .isEqualTo(new Decision.Refused(new Refusal.NoOpenHold("c")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseAStrangerWhateverTheWalletIsLike(Command command, String allowed) {
        Authority stranger = new Authority.Caller("eve", Set.of());
        TestWallet wallet = TestWallet.with(1);
        wallet.accepts(new Command.Close("why", true));

        assertThat(wallet.decide(command, stranger)).as("to %s only", allowed)
                .isEqualTo(new Decision.Refused(new Refusal.NotAllowed()));
    }

    @Test
    void shouldKnowItsOwnWallet() {
        Authority ada = new Authority.Caller("ada", Set.of());

        assertThat(ada.owns("ada")).isTrue();
        assertThat(ada.owns("bob")).isFalse();
        assertThat(new Authority.House().owns("purser")).isFalse();
    }

    @Test
    void shouldReadScopesAsTokensWriteThem() {
        for (Scope scope : Scope.values()) {
            assertThat(Scope.parse(scope.text())).contains(scope);
        }
        assertThat(Scope.parse("wallets:everything")).isEmpty();
    }

    private static String whoMayGive(Command command) {
        String owner = new Authority.Caller("ada", Set.of()).allows(command, "ada") ? "owner" : "";
        String scopes = Arrays.stream(Scope.values())
                .filter(scope -> new Authority.Caller("eve", Set.of(scope)).allows(command, "ada")).map(Scope::text)
                .collect(Collectors.joining(", "));
        return owner + (owner.isEmpty() || scopes.isEmpty() ? "" : ", ") + scopes;
    }
}
