package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Lots against a list with one element a token, sorted anew for each question. */
class LotsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Token(LotSource source, @Nullable Instant expiresAt) {

        /** Where it stands in the spending order, as text: {@code ~} sorts behind all digits. */
        String place() {
            return (expiresAt == null ? "~" : expiresAt) + switch (source) {
                case ALLOWANCE -> "1";
                case PROMO -> "2";
                case BONUS -> "3";
                case GIFT -> "4";
                case PURCHASED -> "5";
                case STORE -> "6";
                case EARNED -> "7";
            };
        }
    }

    @Property
    void shouldBeTheSameInWhateverOrderLotsCome(@ForAll("someLots") List<Lot> some) {
        assertThat(tokens(Lots.of(some))).isEqualTo(sorted(some));
        assertThat(Lots.of(some.reversed())).isEqualTo(Lots.of(some)).hasSameHashCodeAs(Lots.of(some));
        assertThat(Lots.of(some).total()).isEqualTo(sorted(some).size());
    }

    @Property
    void shouldHaveEachSortOnce(@ForAll("someLots") List<Lot> some) {
        Map<Token, Long> sorts = new HashMap<>();
        for (Lot lot : Lots.of(some)) {
            assertThat(sorts.put(new Token(lot.source(), lot.expiresAt()), lot.amount())).isNull();
        }
        assertThat(Lots.of(some).size()).isEqualTo(sorts.size());
    }

    @Property
    void shouldAddLotsToLots(@ForAll("someLots") List<Lot> some, @ForAll("someLots") List<Lot> more) {
        List<Lot> both = new ArrayList<>(some);
        both.addAll(more);

        assertThat(Lots.of(some).plus(Lots.of(more))).isEqualTo(Lots.of(both));
    }

    @Property
    void shouldTakeTheFirstTokensAndLeaveTheOthers(@ForAll("someLots") List<Lot> some,
            @ForAll @LongRange(min = 0, max = 100) long most) {
        List<Token> all = sorted(some);
        int amount = (int) Math.min(most, all.size());

        Lots.Split split = Lots.of(some).take(amount);

        assertThat(tokens(split.taken())).isEqualTo(all.subList(0, amount));
        assertThat(tokens(split.left())).isEqualTo(all.subList(amount, all.size()));
    }

    @Property
    void shouldTakeFromOneSourceBeforeAllOthers(@ForAll("someLots") List<Lot> some, @ForAll LotSource first,
            @ForAll @LongRange(min = 0, max = 100) long most) {
        List<Token> all = sorted(some);
        all.sort(Comparator.comparing(token -> token.source() != first));
        int amount = (int) Math.min(most, all.size());

        Lots.Split split = Lots.of(some).take(amount, first);

        assertThat(tokens(split.taken())).containsExactlyInAnyOrderElementsOf(all.subList(0, amount));
        assertThat(tokens(split.left())).containsExactlyInAnyOrderElementsOf(all.subList(amount, all.size()));
        assertThat(split.taken()).isEqualTo(Lots.of(list(split.taken())));
        assertThat(split.left()).isEqualTo(Lots.of(list(split.left())));
    }

    @Property
    void shouldPartWhatIsDue(@ForAll("someLots") List<Lot> some, @ForAll @LongRange(min = 0, max = 8) long second) {
        Instant now = START.plusSeconds(second);
        Map<Boolean, List<Token>> byDue = sorted(some).stream().collect(
                Collectors.partitioningBy(token -> token.expiresAt() != null && !token.expiresAt().isAfter(now)));

        Lots.Split split = Lots.of(some).due(now);

        assertThat(tokens(split.taken())).isEqualTo(byDue.get(true));
        assertThat(tokens(split.left())).isEqualTo(byDue.get(false));
    }

    @Property
    void shouldChangeNothingInPlace(@ForAll("someLots") List<Lot> some, @ForAll("someLots") List<Lot> more) {
        Lots lots = Lots.of(some);
        List<Token> before = tokens(lots);

        Lots all = lots.plus(Lots.of(more));
        Lots.Split split = all.take(all.total() / 2);
        Lots again = split.taken().plus(split.left());

        assertThat(again).isEqualTo(all);
        assertThat(tokens(lots)).isEqualTo(before);
    }

    @Example
    void shouldNotTakeMoreThanThereIs() {
        Lots lots = Lots.of(List.of(new Lot(LotSource.BONUS, null, 5)));

        assertThatThrownBy(() -> lots.take(7)).isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected lots of at least 7 tokens, but 2 are missing");
    }

    @Example
    void shouldNotOverflow() {
        Lots lots = Lots.of(List.of(new Lot(LotSource.BONUS, null, Long.MAX_VALUE)));

        assertThatThrownBy(() -> lots.plus(new Lot(LotSource.BONUS, null, 1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> lots.plus(new Lot(LotSource.PROMO, null, 1)).total())
                .isInstanceOf(ArithmeticException.class);
    }

    @Provide
    Arbitrary<List<Lot>> someLots() {
        Arbitrary<Instant> expiries = Arbitraries.integers().between(1, 6).map(START::plusSeconds);
        return Combinators.combine(Arbitraries.of(LotSource.class), expiries.injectNull(0.4),
                Arbitraries.longs().between(1, 9)).as(Lot::new).list().ofMaxSize(12);
    }

    private static List<Token> sorted(List<Lot> lots) {
        List<Token> tokens = tokens(lots);
        tokens.sort(Comparator.comparing(Token::place));
        return tokens;
    }

    private static List<Token> tokens(Iterable<Lot> lots) {
        List<Token> tokens = new ArrayList<>();
        for (Lot lot : lots) {
            for (long i = 0; i < lot.amount(); i++) {
                tokens.add(new Token(lot.source(), lot.expiresAt()));
            }
        }
        return tokens;
    }

    private static List<Lot> list(Lots lots) {
        List<Lot> list = new ArrayList<>();
        lots.forEach(list::add);
        return list;
    }
}
