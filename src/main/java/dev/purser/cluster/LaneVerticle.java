package dev.purser.cluster;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Lane;
import dev.purser.lane.LaneLoop;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/** A lane's event loop and its ear on the event bus. */
final class LaneVerticle extends VerticleBase implements SelfPing.Ear {

    private static final Logger LOG = LoggerFactory.getLogger(LaneVerticle.class);

    private static final String OUTCOME = WireCodec.nameFor(Outcome.class);
    private static final String VOUCHED = WireCodec.nameFor(Watch.Answer.class);

    private final int index;
    private final String address;
    private final Function<LaneLoop, Lane> maker;
    private final LocalLanes lanes;
    private @Nullable MessageConsumer<Object> ear;

    LaneVerticle(int index, String nodeId, Function<LaneLoop, Lane> maker, LocalLanes lanes) {
        this.index = index;
        this.address = Addresses.of(nodeId, index);
        this.maker = maker;
        this.lanes = lanes;
    }

    @Override
    public Future<?> start() {
        Lane lane = maker.apply(new VertxLoop(context));
        lanes.add(new LocalLanes.Slot(index, lane, context));
        return listen(lane);
    }

    private Future<Void> listen(Lane lane) {
        return Registration.<Object>of(vertx, address, message -> answer(lane, message))
                .onSuccess(registered -> ear = registered).mapEmpty();
    }

    @Override
    public String address() {
        return address;
    }

    /** First it listens anew, and then it ends what came before: nothing is lost in between. */
    @Override
    public Future<Void> listenAnew() {
        Promise<Void> listening = Promise.promise();
        context.runOnContext(go -> {
            MessageConsumer<Object> before = ear;
            listen(lanes.at(index)).compose(now -> before == null ? Future.succeededFuture() : before.unregister())
                    .onComplete(listening);
        });
        return listening.future();
    }

    private void answer(Lane lane, Message<Object> message) {
        if (SelfPing.isPing(message.headers())) {
            message.reply(null);
            return;
        }
        Object body;
        try {
            body = message.body();
        } catch (RuntimeException unknown) {
            LOG.warn("Expected an operation, but could not read one; its sender may be of a newer version", unknown);
            message.fail(Peers.NOT_UNDERSTOOD, unknown.toString());
            return;
        }
        switch (body) {
            case Operation operation -> reply(message, lane.submit(operation), OUTCOME);
            case Watch(var nodeId, var wallets) -> reply(message,
                    lane.watch(new FarWatcher(vertx.eventBus(), nodeId), wallets).map(Watch.Answer::new), VOUCHED);
            default -> message.fail(Peers.NOT_UNDERSTOOD, "Expected an operation, but met " + body.getClass());
        }
    }

    private void reply(Message<Object> message, Future<?> answer, String codec) {
        answer.onSuccess(given -> new Reply(message, given, codec).send())
                .onFailure(bug -> message.fail(1, bug.toString()));
    }

    /**
     * An answer, which is sent again while it cannot be: a node that comes back from a cut asks before the others know where
     * it listens. For as long as somebody may wait for it.
     */
    private final class Reply extends WatchedDelivery {

        private static final long PAUSE_MILLIS = 200;
        private static final int MOST_TRIES = 50;

        private final Message<Object> message;
        private final Object given;
        private int tries;

        Reply(Message<Object> message, Object given, String codec) {
            this.message = message;
            this.given = given;
            setCodecName(codec);
        }

        void send() {
            tries++;
            message.reply(given, this);
        }

        @Override
        void notWritten() {
            context.runOnContext(go -> {
                if (tries < MOST_TRIES) {
                    long _ = vertx.setTimer(PAUSE_MILLIS, due -> send());
                }
            });
        }
    }
}
