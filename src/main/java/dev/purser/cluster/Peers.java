package dev.purser.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** The other nodes: what is under way to each is bounded, and known to be lost as soon as the node is gone. */
final class Peers {

    private static final String CODEC = WireCodec.nameFor(Operation.class);

    /** What a lane fails a message with that it cannot read. */
    static final int NOT_UNDERSTOOD = 2;

    private final Vertx vertx;
    private final int inFlightPerPeer;
    private final Map<String, Set<Waiting>> underWay = new ConcurrentHashMap<>();

    Peers(Vertx vertx, ClusterSettings settings) {
        this.vertx = vertx;
        this.inFlightPerPeer = settings.inFlightPerPeer();
    }

    /** Someone who waits for an answer, and the thread on which to get it. */
    private record Waiting(Promise<Answer> answer, Context caller) {
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

    /** Sends an operation to a lane of another node. The future never fails, and completes on the caller's context. */
    Future<Answer> send(Home.There to, Operation operation, long timeoutMillis) {
        Set<Waiting> toPeer = underWay.computeIfAbsent(to.nodeId(), id -> ConcurrentHashMap.newKeySet());
        if (toPeer.size() >= inFlightPerPeer) {
            return Future.succeededFuture(new Answer.TooMany());
        }
        Waiting waiting = new Waiting(Promise.promise(), vertx.getOrCreateContext());
        toPeer.add(waiting);
        DeliveryOptions options = new DeliveryOptions().setCodecName(CODEC).setSendTimeout(timeoutMillis);
        vertx.eventBus().<Outcome>request(to.address(), operation, options)
                .map((Message<Outcome> message) -> (Answer) new Answer.Came(message.body()))
                .otherwise(Peers::classify)
                .onSuccess(waiting.answer()::tryComplete);
        return waiting.answer().future().onComplete(done -> toPeer.remove(waiting));
    }

    private static Answer classify(Throwable failure) {
        return failure instanceof ReplyException reply
                && (reply.failureType() == ReplyFailure.NO_HANDLERS || reply.failureCode() == NOT_UNDERSTOOD)
                        ? new Answer.NotDelivered()
                        : new Answer.Lost();
    }

    /** Whoever waits for a node that is gone need not wait for the timeout. */
    void retain(Set<String> present) {
        underWay.forEach((nodeId, waiting) -> {
            if (!present.contains(nodeId)) {
                underWay.remove(nodeId);
                waiting.forEach(each -> each.caller()
                        .runOnContext(back -> each.answer().tryComplete(new Answer.Lost())));
            }
        });
    }
}
