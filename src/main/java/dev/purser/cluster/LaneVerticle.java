package dev.purser.cluster;

import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Lane;
import dev.purser.lane.LaneLoop;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** A lane's event loop and its ear on the event bus. */
final class LaneVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LaneVerticle.class);

    private final DeliveryOptions reply = new DeliveryOptions().setCodecName(WireCodec.nameFor(Outcome.class));
    private final int index;
    private final String address;
    private final Function<LaneLoop, Lane> maker;
    private final LocalLanes lanes;

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
        return vertx.eventBus().<Operation>consumer(address, message -> answer(lane, message)).completion();
    }

    private void answer(Lane lane, Message<Operation> message) {
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
