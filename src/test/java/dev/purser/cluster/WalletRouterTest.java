package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Ids;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;

/** What the router makes of answers that do not come, with a lane on the event bus that a test plays. */
class WalletRouterTest {

    private static final OpKey KEY = OpKey.ofClient("someone", "key", "same");

    private final Vertx vertx = Vertx.vertx();
    private final Territory territory = new Territory(System::nanoTime);
    private final List<Operation> received = new CopyOnWriteArrayList<>();
    private final WalletRouter router;
    private volatile long now;

    WalletRouterTest() {
        WireCodec.register(vertx.eventBus());
        WatchedDelivery.watch(vertx.eventBus());
        ClusterSettings settings = Defaults.cluster(0, List.of(), 1);
        Peers peers = new Peers(vertx, settings, () -> now);
        peers.start();
        router = new WalletRouter(vertx, territory, new LocalLanes(), peers, settings.delivery());
    }

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldSendWhatMayHaveRunAgainUnderAnotherId() {
        everythingIs(new Home.There("other", 0));
        answering(2);
        assertThat(send(KEY)).isEqualTo(new Outcome.KeyReused());
        assertThat(received).hasSize(3).allMatch(operation -> KEY.equals(operation.key()));
        assertThat(received).extracting(Operation::id).doesNotHaveDuplicates();
    }

    /** What was sent first may lie in a connection, and be carried out when there is enough for it. */
    @Test
    void shouldNotCallRefusedWhatMayHaveRun() {
        everythingIs(new Home.There("other", 0));
        answering(1, new Outcome.Refused(new Refusal.InsufficientFunds(0, 1), null));
        assertThat(send(KEY)).isEqualTo(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
        assertThat(send(KEY)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void shouldNotSendAgainWhatHasNoKey() {
        everythingIs(new Home.There("other", 0));
        answering(1);
        assertThat(send(null)).isEqualTo(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
        assertThat(received).hasSize(1);
    }

    @Test
    void shouldNotLetOthersWaitForANodeThatIsNotHeardOf() {
        everythingIs(new Home.There("other", 0));
        MessageConsumer<Operation> mute = vertx.eventBus().consumer(Addresses.of("other", 0),
                message -> {
                    if (!SelfPing.isPing(message.headers())) {
                        received.add(message.body());
                    }
                });
        Future<Outcome> first = router.send(spend(null));
        now = Duration.ofMillis(3_500).toNanos();

        assertThat(send(null)).isEqualTo(new Outcome.Unavailable(Outcome.Reason.NO_OWNER, 1));
        assertThat(first.isComplete()).isFalse();

        now = Duration.ofMillis(6_500).toNanos();
        assertThat(LaneRig.await(first)).as("nobody knows").isEqualTo(
                new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
        assertThat(received).hasSize(1);
        LaneRig.await(mute.unregister());
        answering(0);
        await("a ping that is answered").until(() -> send(null) instanceof Outcome.KeyReused);
    }

    /** As with a connection that breaks, or cannot be had. */
    @Test
    void shouldNotWaitForTheAnswerToWhatCouldNotBeSent() {
        everythingIs(new Home.There("other", 0));
        answering(0);
        AtomicInteger broken = new AtomicInteger(1);
        BrokenWrites.of(Operation.class, vertx.eventBus(), broken);
        long begun = System.nanoTime();
        assertThat(send(null)).isEqualTo(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
        broken.set(1);
        assertThat(send(KEY)).isEqualTo(new Outcome.KeyReused());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(received).hasSize(1);
    }

    @Test
    void shouldSayAtOnceWhenMostOfTheOthersAreOutOfSight() {
        everythingIs(new Home.OutOfSight());
        long begun = System.nanoTime();
        assertThat(send(KEY)).isEqualTo(new Outcome.Unavailable(Outcome.Reason.NO_OWNER, 1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }

    private void everythingIs(Home home) {
        Home[] homes = new Home[Partitions.COUNT];
        Arrays.fill(homes, home);
        territory.publish(homes, 0, Instant.EPOCH, Set.of("other"));
    }

    /** The first answers are lost, the others say that the key is used for something else. */
    private void answering(int lost) {
        answering(lost, new Outcome.KeyReused());
    }

    private void answering(int lost, Outcome outcome) {
        vertx.eventBus().<Operation>consumer(Addresses.of("other", 0), message -> {
            if (SelfPing.isPing(message.headers())) {
                message.reply(null);
                return;
            }
            received.add(message.body());
            if (received.size() <= lost) {
                message.fail(1, "lost");
            } else {
                message.reply(outcome,
                        new DeliveryOptions().setCodecName(WireCodec.nameFor(Outcome.class)));
            }
        });
    }

    private Outcome send(@Nullable OpKey key) {
        return LaneRig.await(router.send(spend(key)));
    }

    private static Operation spend(@Nullable OpKey key) {
        return new Operation(Ids.next(), "wallet", key, new Authority.House(), new Command.Spend(1, Memo.NONE));
    }
}
