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
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/** A lane's event loop and its ear on the event bus. */
final class LaneVerticle extends VerticleBase implements SelfPing.Ear {

    private static final Logger LOG = LoggerFactory.getLogger(LaneVerticle.class);

    private final DeliveryOptions reply = new DeliveryOptions().setCodecName(WireCodec.nameFor(Outcome.class));
    private final int index;
    private final String address;
    private final Function<LaneLoop, Lane> maker;
    private final LocalLanes lanes;
    private @Nullable MessageConsumer<Operation> ear;

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
        MessageConsumer<Operation> consumer = vertx.eventBus().consumer(address, message -> answer(lane, message));
        ear = consumer;
        return consumer.completion();
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
            MessageConsumer<Operation> before = ear;
            listen(lanes.at(index)).compose(now -> before == null ? Future.succeededFuture() : before.unregister())
                    .onComplete(listening);
        });
        return listening.future();
    }

    private void answer(Lane lane, Message<Operation> message) {
        if (SelfPing.isPing(message.headers())) {
            message.reply(null);
            return;
        }
        Operation operation;
        try {
            operation = message.body();
        } catch (RuntimeException unknown) {
            LOG.warn("Expected an operation, but could not read one; its sender may be of a newer version", unknown);
            message.fail(Peers.NOT_UNDERSTOOD, unknown.toString());
            return;
        }
        lane.submit(operation)
                .onSuccess(outcome -> message.reply(outcome, reply))
                .onFailure(bug -> message.fail(1, bug.toString()));
    }
}
