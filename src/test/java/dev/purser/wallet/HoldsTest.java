package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Holds against a map by id. */
class HoldsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Puts a hold, or takes away the one of its id. */
    record Change(Hold hold, boolean put) {
    }

    @Property
    void shouldFindWhatWasPutAndNotTakenAway(@ForAll("changes") List<Change> changes) {
        Map<String, Hold> model = model(changes);

        Holds holds = holds(changes);

        assertThat(holds.size()).isEqualTo(model.size());
        for (int id = 0; id < 6; id++) {
            assertThat(holds.find("h" + id)).isEqualTo(model.get("h" + id));
        }
    }

    @Property
    void shouldStandByExpiryThenById(@ForAll("changes") List<Change> changes) {
        List<Hold> sorted = new ArrayList<>(model(changes).values());
        sorted.sort(Comparator.comparing(hold -> hold.expiresAt() + hold.id()));

        Holds holds = holds(changes);

        assertThat(holds).containsExactlyElementsOf(sorted);
        assertThat(holds.nextExpiry()).isEqualTo(sorted.isEmpty() ? null : sorted.getFirst().expiresAt());
        assertThat(holds).isEqualTo(Holds.of(sorted.reversed())).hasSameHashCodeAs(Holds.of(sorted));
    }

    @Property
    void shouldKnowWhatIsDue(@ForAll("changes") List<Change> changes, @ForAll @IntRange(max = 6) int second) {
        Instant now = START.plusSeconds(second);
        Holds holds = holds(changes);

        assertThat(holds.due(now)).containsExactlyInAnyOrderElementsOf(
                model(changes).values().stream().filter(hold -> !now.isBefore(hold.expiresAt())).toList());
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Hold> holds = Combinators.combine(Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(1, 5), Arbitraries.longs().between(1, 5)).as(HoldsTest::hold);
        return Combinators.combine(holds, Arbitraries.of(true, true, false)).as(Change::new).list().ofMaxSize(20);
    }

    private static Hold hold(int id, int second, long amount) {
        return new Hold("h" + id, null, START.plusSeconds(second), false,
                Lots.NONE.plus(new Lot(LotSource.PURCHASED, null, amount)), null);
    }

    private static Holds holds(List<Change> changes) {
        Holds holds = Holds.NONE;
        for (Change change : changes) {
            holds = change.put() ? holds.with(change.hold()) : holds.without(change.hold().id());
        }
        return holds;
    }

    private static Map<String, Hold> model(List<Change> changes) {
        Map<String, Hold> model = new HashMap<>();
        for (Change change : changes) {
            if (change.put()) {
                model.put(change.hold().id(), change.hold());
            } else {
                model.remove(change.hold().id());
            }
        }
        return model;
    }
}
