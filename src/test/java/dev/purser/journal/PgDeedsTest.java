package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.cluster.Partitions;
import dev.purser.lane.Deeds.Deed;
import dev.purser.lane.Deeds.Holdings;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Of any number of nodes that take a partition exactly one holds it, and all of them see who. */
class PgDeedsTest {

    private static final Set<Integer> ALL = new TreeSet<>(IntStream.range(0, Partitions.COUNT).boxed().toList());

    private static final long SECOND = 1_000_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = TestDatabase.create();
    private final PgDeeds one = deeds();
    private final PgDeeds two = deeds();

    private PgDeeds deeds() {
        return deeds(Duration.ZERO);
    }

    private PgDeeds deeds(Duration silence) {
        return new PgDeeds(vertx, new Database(vertx, Defaults.database(database.url())), silence);
    }

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldTakeThemFromWhoeverHoldsThem() {
        Holdings first = renew(one, "one");
        assertThat(first.deeds()).isEmpty();
        assertThat(first.present()).containsExactly("one");
        assertThat(first.at()).isBefore(renew(one, "one").at());
        take(one, "one", ALL);
        assertThat(renew(one, "one").deeds()).hasSize(Partitions.COUNT).containsEntry(1, new Deed(1, false));
        take(one, "one", Set.of(1));
        take(two, "two", Set.of(2, 3));
        assertThat(renew(one, "one").deeds()).hasSize(Partitions.COUNT - 2).doesNotContainKeys(2, 3)
                .containsEntry(1, new Deed(2, false));
        assertThat(renew(two, "two").deeds()).isEqualTo(Map.of(2, new Deed(2, true), 3, new Deed(2, true)));
        take(two, "two", Set.of(3));
        assertThat(renew(two, "two").deeds()).as("taken again because an answer was lost")
                .containsEntry(3, new Deed(3, true));
    }

    @Test
    void shouldKnowWhoIsThereTheEldestFirst() {
        Holdings _ = renew(two, "two");
        Holdings _ = renew(one, "one");
        assertThat(renew(one, "one").present()).containsExactly("two", "one");
        assertThat(renew(two, "two").present()).containsExactly("two", "one");
        await("two has been silent for long").atMost(Duration.ofSeconds(5))
                .until(() -> renew(one, "one").present().equals(List.of("one")));
        assertThat(renew(two, "two").present()).as("it has been there before").containsExactly("two", "one");
    }

    @Test
    void shouldLeaveNothingBehind() {
        Holdings _ = renew(one, "one");
        take(one, "one", ALL);
        LaneRig.await(one.leave("one", settled(one, "one")));
        assertThat(renew(two, "two").present()).containsExactly("two");
        take(two, "two", ALL);
        assertThat(renew(two, "two").deeds()).hasSize(Partitions.COUNT).containsEntry(1, new Deed(2, false));
    }

    /** The one before may still rely on what was taken from it, though its successor has gone again. */
    @Test
    void shouldStayContestedWhenGivenUpBeforeItCouldBeServed() {
        take(one, "one", Set.of(1, 2));
        take(two, "two", Set.of(1, 2));
        Map<Integer, Integer> before = settled(two, "two");
        take(two, "two", Set.of(2));
        LaneRig.await(two.leave("two", before));
        take(one, "three", Set.of(1, 2));
        assertThat(renew(one, "three").deeds()).isEqualTo(Map.of(1, new Deed(3, false), 2, new Deed(4, true)));
    }

    @Test
    void shouldNotTakeForPresentWhoeverWasSeenBeforeTheClockWasSetBack() {
        database.execute(
                "insert into nodes values ('gone', now() + interval '9 minutes', now() + interval '9 minutes')");
        assertThat(renew(one, "one").present()).containsExactly("one");
    }

    @Test
    void shouldWriteSeldomWhenNobodyCanJoinAndBePresentAllTheTime() throws SQLException {
        PgDeeds alone = deeds(PgDeeds.ALONE);
        Set<Timestamp> written = new HashSet<>();
        int asked = 0;
        for (long begun = System.nanoTime(); System.nanoTime() - begun < SECOND; asked++) {
            assertThat(renew(alone, "alone").present()).contains("alone");
            assertThat(renew(two, "two").present()).as("beside it").containsExactly("alone", "two");
            written.add(seenAt("alone"));
        }
        assertThat(written).as("%d times asked", asked).hasSizeBetween(2, 4);
    }

    private Timestamp seenAt(String node) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("select seen_at from nodes where id = ?")) {
            select.setString(1, node);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getTimestamp(1);
            }
        }
    }

    @Test
    void shouldLetOneOfManyHaveEach() {
        List<PgDeeds> many = IntStream.range(0, 8).mapToObj(i -> deeds()).toList();
        for (int round = 0; round < 20; round++) {
            CompositeFuture _ = LaneRig.await(Future.all(IntStream.range(0, many.size())
                    .mapToObj(i -> many.get(i).take("node-" + i, ALL)).toList()));
            assertThat(IntStream.range(0, many.size())
                    .mapToObj(i -> renew(many.get(i), "node-" + i).deeds().size()).mapToInt(Integer::intValue).sum())
                    .isEqualTo(Partitions.COUNT);
        }
    }

    private static Map<Integer, Integer> settled(PgDeeds deeds, String node) {
        Map<Integer, Integer> settled = new HashMap<>();
        renew(deeds, node).deeds().forEach((partition, deed) -> settled.put(partition, deed.term()));
        return settled;
    }

    private static Holdings renew(PgDeeds deeds, String node) {
        return LaneRig.await(deeds.renew(node));
    }

    private static void take(PgDeeds deeds, String node, Set<Integer> partitions) {
        LaneRig.await(deeds.take(node, partitions));
    }
}
