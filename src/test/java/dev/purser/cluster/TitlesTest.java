package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.purser.lane.Deeds;
import dev.purser.lane.Deeds.Deed;
import dev.purser.lane.Deeds.Holdings;

/** Hazelcast proposes, the deeds decide, and whoever cannot see most of the others takes nothing from them. */
class TitlesTest {

    private static final long LONG_AGO = 1_000_000_000_000L;
    private static final long WAIT = Deeds.WAIT.toNanos();

    private final Titles titles = new Titles("me", LONG_AGO);

    @Test
    void shouldMissWhatIsMeantForItAndNotHeld() {
        View view = view(Map.of(1, "me", 2, "me", 3, "other"), "me", "other");
        assertThat(titles.missing(view, holding(Map.of(2, 7), "me", "other"), LONG_AGO)).isEqualTo(Set.of(1));
    }

    /** A node that is cut off sees the others for longer than they see it, and would take back what they have to take. */
    @Test
    void shouldLeaveForAWhileWhatAnotherHasTaken() {
        View view = view(Map.of(1, "me"), "me", "other");
        Holdings nothing = holding(Map.of(), "me", "other");
        titles.renewed(holding(Map.of(1, 7), "me", "other"), LONG_AGO);
        titles.renewed(nothing, LONG_AGO);
        titles.renewed(nothing, LONG_AGO + 1);

        assertThat(titles.missing(view, nothing, LONG_AGO + Titles.BEHIND_NANOS - 1)).isEmpty();
        assertThat(titles.homes(view, nothing, LONG_AGO)[1]).isInstanceOf(Home.Nowhere.class);
        assertThat(titles.homes(view, nothing, LONG_AGO + Deeds.PRESENCE.multipliedBy(2).toNanos())[1])
                .as("whoever asks is better off elsewhere").isInstanceOf(Home.OutOfSight.class);
        assertThat(titles.missing(view, holding(Map.of(), "me"), LONG_AGO + 1)).as("whoever took it is gone")
                .containsExactly(1);
        assertThat(titles.missing(view, nothing, LONG_AGO + Titles.BEHIND_NANOS)).containsExactly(1);
    }

    @Test
    void shouldTakeAtOnceWhatHazelcastGaveAwayAndGivesBack() {
        Holdings nothing = holding(Map.of(), "me", "other");
        titles.renewed(holding(Map.of(1, 7), "me", "other"), LONG_AGO);
        titles.renewed(nothing, LONG_AGO);
        assertThat(titles.missing(view(Map.of(1, "other"), "me", "other"), nothing, LONG_AGO)).isEmpty();

        assertThat(titles.missing(view(Map.of(1, "me"), "me", "other"), nothing, LONG_AGO)).containsExactly(1);
    }

    @Test
    void shouldServeWhatItHolds() {
        View view = view(Map.of(1, "me", 3, "other"), "me", "other");
        Home[] homes = homes(view, holding(Map.of(1, 7), "me", "other"));
        assertThat(homes[1]).isInstanceOfSatisfying(Home.Here.class, here -> assertThat(here.term()).isEqualTo(7));
        assertThat(homes[2]).isInstanceOf(Home.Nowhere.class);
        assertThat(homes[3]).isEqualTo(new Home.There("other", 0));
    }

    @Test
    void shouldNotServeWhatItHoldsButIsMeantForAnother() {
        Home[] homes = homes(view(Map.of(1, "other"), "me", "other"), holding(Map.of(1, 7), "me", "other"));
        assertThat(homes[1]).isEqualTo(new Home.There("other", 0));
    }

    @Test
    void shouldWaitForAsLongAsAnotherMayStillRelyOnItsDeed() {
        View view = view(Map.of(1, "me"), "me");
        Holdings held = new Holdings(Map.of(1, new Deed(2, true)), List.of("me"), Instant.EPOCH);
        titles.renewed(held, LONG_AGO);
        titles.renewed(held, LONG_AGO + WAIT / 2);
        assertThat(titles.homes(view, held, LONG_AGO + WAIT - 1)[1]).isInstanceOf(Home.Nowhere.class);
        assertThat(titles.nanosUntilServed(held, LONG_AGO + WAIT - 1)).isOne();
        assertThat(titles.homes(view, held, LONG_AGO + WAIT)[1]).isInstanceOf(Home.Here.class);
        assertThat(titles.nanosUntilServed(held, LONG_AGO + WAIT)).isZero();
    }

    @Test
    void shouldServeAtOnceWhatWasNobodys() {
        assertThat(homes(view(Map.of(1, "me"), "me"), holding(Map.of(1, 1), "me"))[1]).isInstanceOf(Home.Here.class);
    }

    @Test
    void shouldSeeMostOfTheOthersOrTheEldestHalf() {
        assertThat(sees(List.of("me"), "me")).isTrue();
        assertThat(sees(List.of("a", "b", "me"), "me", "a")).isTrue();
        assertThat(sees(List.of("a", "b", "me"), "me")).isFalse();
        assertThat(sees(List.of("me", "other"), "me")).as("with the eldest").isTrue();
        assertThat(sees(List.of("other", "me"), "me")).as("without the eldest").isFalse();
        assertThat(sees(List.of("other"), "me", "new", "other")).as("those who have just come").isTrue();
        assertThat(sees(List.of(), "me")).as("before anything is known").isTrue();
    }

    @Test
    void shouldServeWhatItHoldsThoughItIsCutOffAndSoonSayThatTheRestIsOutOfSight() {
        View alone = view(Map.of(1, "me", 2, "me"), "me");
        Holdings held = holding(Map.of(1, 1), "a", "b", "me");
        titles.renewed(held, LONG_AGO);
        Home[] first = titles.homes(alone, held, LONG_AGO + 1);
        assertThat(first[1]).isInstanceOf(Home.Here.class);
        assertThat(first[2]).as("they may be gone").isInstanceOf(Home.Nowhere.class);
        Home[] later = titles.homes(alone, held, LONG_AGO + Deeds.PRESENCE.multipliedBy(2).toNanos());
        assertThat(later[1]).isInstanceOf(Home.Here.class);
        assertThat(later[2]).as("they are still there").isInstanceOf(Home.OutOfSight.class);
        View healed = view(Map.of(1, "me", 2, "a"), "me", "a", "b");
        assertThat(titles.homes(healed, held, LONG_AGO * 2)[2]).isEqualTo(new Home.There("a", 0));
    }

    private Home[] homes(View view, Holdings holdings) {
        titles.renewed(holdings, LONG_AGO);
        return titles.homes(view, holdings, LONG_AGO);
    }

    private static boolean sees(List<String> present, String... inSight) {
        return Titles.isMostInSight(view(Map.of(), inSight), new Holdings(Map.of(), present, Instant.EPOCH));
    }

    private static View view(Map<Integer, String> owners, String... nodes) {
        Map<Integer, View.Owner> all = new HashMap<>();
        owners.forEach((partition, node) -> all.put(partition, new View.Owner(node, 0)));
        return new View(all, Set.of(nodes));
    }

    private static Holdings holding(Map<Integer, Integer> terms, String... present) {
        Map<Integer, Deed> deeds = new HashMap<>();
        terms.forEach((partition, term) -> deeds.put(partition, new Deed(term, false)));
        return new Holdings(deeds, List.of(present), Instant.EPOCH);
    }
}
