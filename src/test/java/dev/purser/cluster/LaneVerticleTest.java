package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.Database;
import dev.purser.journal.PgJournal;
import dev.purser.lane.Ids;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneMeter;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.OwnsAll;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/** A lane's ear on the event bus. */
class LaneVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase tables = TestDatabase.create();

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    /** As when a node has come back from a cut, and the others do not know yet where it listens. */
    @Test
    void shouldSendAnAnswerAgainUntilItCanBeWritten() {
        WireCodec.register(vertx.eventBus());
        WatchedDelivery.watch(vertx.eventBus());
        AtomicInteger broken = new AtomicInteger(3);
        BrokenWrites.of(Outcome.class, vertx.eventBus(), broken);
        Database database = new Database(vertx, Defaults.database(tables.url()));
        LaneRig.await(vertx.deployVerticle(new LaneVerticle(0, "node", loop -> new Lane(loop,
                new PgJournal(vertx, database), OwnsAll.FOR_LONG, Defaults.LANE, LaneMeter.NONE, Ids::next),
                new LocalLanes())));

        Outcome answer = LaneRig.await(vertx.eventBus().<Outcome>request(Addresses.of("node", 0),
                new Operation(Ids.next(), "wallet", null, new Authority.House(),
                        new Command.Credit(1, LotSource.PURCHASED, null, Memo.NONE)),
                new DeliveryOptions().setCodecName(WireCodec.nameFor(Operation.class)))).body();

        assertThat(answer).isInstanceOf(Outcome.Done.class);
        assertThat(broken).hasNegativeValue();
        assertThat(tables.number("select count(*) from entries")).as("carried out once").isOne();
    }
}
