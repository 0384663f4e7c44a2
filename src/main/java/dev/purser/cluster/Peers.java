package dev.purser.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** The other nodes: what is under way to each is bounded, and known to be lost as soon as the node is gone. */
final class Peers {

    private final Vertx vertx;
    private final DeliveryOptions options;
    private final int inFlightPerPeer;
    private final Map<String, Set<Promise<Answer>>> underWay = new ConcurrentHashMap<>();

    Peers(Vertx vertx, ClusterSettings settings) {
        this.vertx = vertx;
        this.inFlightPerPeer = settings.inFlightPerPeer();
        this.options = new DeliveryOptions()
                .setCodecName(WireCodec.nameFor(Operation.class))
                .setSendTimeout(settings.delivery().toMillis());
    }

    /** What a peer answered, or what is known of an answer that did not come. */
    sealed interface Answer {

        record Came(Outcome outcome) implements Answer {
        }

        /** The operation did not reach a lane. */
        record NotDelivered() implements Answer {
        }

        /** Nobody knows whether it was carried out. */
        record Lost() implements Answer {
        }

        /** Too much is under way to that node already. */
        record TooMany() implements Answer {
        }
    }

    /** Sends an operation to a lane of another node. The future never fails. */
    Future<Answer> send(Home.There to, Operation operation) {
        Set<Promise<Answer>> toPeer = underWay.computeIfAbsent(to.nodeId(), id -> ConcurrentHashMap.newKeySet());
        if (toPeer.size() >= inFlightPerPeer) {
            return Future.succeededFuture(new Answer.TooMany());
        }
        Promise<Answer> answer = Promise.promise();
        toPeer.add(answer);
        vertx.eventBus().<Outcome>request(to.address(), operation, options)
                .map((Message<Outcome> message) -> (Answer) new Answer.Came(message.body()))
                .otherwise(Peers::classify)
                .onSuccess(answer::tryComplete);
        return answer.future().onComplete(done -> toPeer.remove(answer));
    }

    private static Answer classify(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                ? new Answer.NotDelivered()
                : new Answer.Lost();
    }

    /** Whoever waits for a node that is gone need not wait for the timeout. */
    void retain(Set<String> present) {
        underWay.forEach((nodeId, waiting) -> {
            if (!present.contains(nodeId)) {
                waiting.forEach(answer -> answer.tryComplete(new Answer.Lost()));
                underWay.remove(nodeId);
            }
        });
    }
}
