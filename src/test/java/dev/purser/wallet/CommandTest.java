package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Recovered UNTOUCHED = Recovered
            .nothingOf(new GivenOn("pi", "tr", TransferKind.TIP, "ada", "bob", 1, 1));

    static Stream<Arguments> wrongCommands() {
        return Stream.of(wrong("credit nothing", () -> new Command.Credit(0, LotSource.BONUS, null, Memo.NONE)),
                wrong("credit less", () -> new Command.Credit(-1, LotSource.BONUS, null, Memo.NONE)),
                wrong("spend nothing", () -> new Command.Spend(0, Memo.NONE)),
                wrong("spend less", () -> new Command.Spend(Long.MIN_VALUE, Memo.NONE)),
                wrong("hold nothing", () -> new Command.OpenHold("h", 0, null, HOUR)),
                wrong("shrink a hold", () -> new Command.ExtendHold("h", -1, HOUR)),
                wrong("settle less", () -> new Command.SettleHold("h", -1, true, Memo.NONE)),
                wrong("take back less than nothing", () -> new Reversal("pi", TakenBack.NONE, -1, 0, 0, 1)),
                wrong("have taken back less than nothing", () -> new TakenBack(0, 0, -1, 0, Lots.NONE)),
                wrong("have forgiven less than nothing", () -> new TakenBack(0, 0, 0, 0, Lots.NONE, -1)),
                wrong("take less than nothing of a gift", () -> new Recovery(UNTOUCHED, 1, 0, -1, true, 1)),
                wrong("set aside less than nothing of a gift", () -> new Recovery(UNTOUCHED, 1, -1, 0, true, 1)),
                wrong("have taken less than nothing of a gift",
                        () -> new Recovered(UNTOUCHED.gift(), 1, 1, 0, -1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCommands")
    void shouldNotExistWithAnAmountThatWouldMakeTokensOutOfNothing(String what, ThrowingCallable made) {
        assertThatThrownBy(made).as(what).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected");
    }

    private static Arguments wrong(String what, ThrowingCallable made) {
        return Arguments.of(what, made);
    }
}
