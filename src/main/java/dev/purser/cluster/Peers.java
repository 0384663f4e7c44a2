package dev.purser.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * The other nodes: what is under way to each is bounded, and known to be lost as soon as the node is gone. One that is
 * there, but is not heard of while it is asked, is only asked whether it hears: whoever comes is better off elsewhere.
 */
final class Peers {

    private static final String CODEC = WireCodec.nameFor(Operation.class);

    /** What a lane fails a message with that it cannot read. */
    static final int NOT_UNDERSTOOD = 2;

    private static final long LOOK_MILLIS = 500;

    private final Vertx vertx;
    private final int inFlightPerPeer;
    private final LongSupplier nanos;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    Peers(Vertx vertx, ClusterSettings settings, LongSupplier nanos) {
        this.vertx = vertx;
        this.inFlightPerPeer = settings.inFlightPerPeer();
        this.nanos = nanos;
    }

    /** Another node, with an address of it: who waits for it, and whether it is heard of. */
    private record Peer(String address, Set<Waiting> waiting, Silence silence) {
    }

    /** From now on it is found out by itself when a silent node is heard of again, until the bus is closed. */
    void start() {
        long _ = vertx.setPeriodic(LOOK_MILLIS, due -> peers.values().forEach(this::look));
    }

    private void look(Peer peer) {
        long now = nanos.getAsLong();
        if (peer.silence().isGivenUp(now)) {
            lose(peer);
        }
        if (peer.silence().isSuspicious(now)) {
            SelfPing.ping(vertx, peer.address()).onSuccess(heard -> peer.silence().broken());
        }
    }

    /** Someone who waits for an answer, and the thread on which to get it. */
    private static final class Waiting extends WatchedDelivery {

        private final Promise<Answer> answer = Promise.promise();
        private final Context caller;

        Waiting(Context caller) {
            this.caller = caller;
        }

        @Override
        void notWritten() {
            lost();
        }

        void lost() {
            caller.runOnContext(back -> answer.tryComplete(new Answer.Lost()));
        }
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

        /** That node is not heard of, so it was not asked. */
        record Silent() implements Answer {
        }
    }

    /** Sends an operation to a lane of another node. The future never fails, and completes on the caller's context. */
    Future<Answer> send(Home.There to, Operation operation, long timeoutMillis) {
        Peer peer = peers.computeIfAbsent(to.nodeId(),
                id -> new Peer(to.address(), ConcurrentHashMap.newKeySet(), new Silence()));
        if (peer.waiting().size() >= inFlightPerPeer) {
            return Future.succeededFuture(new Answer.TooMany());
        }
        if (!peer.silence().letsAsk(nanos.getAsLong())) {
            return Future.succeededFuture(new Answer.Silent());
        }
        Waiting waiting = new Waiting(vertx.getOrCreateContext());
        peer.waiting().add(waiting);
        vertx.eventBus()
                .<Outcome>request(to.address(), operation, waiting.setCodecName(CODEC).setSendTimeout(timeoutMillis))
                .map((Message<Outcome> message) -> {
                    peer.silence().broken();
                    return (Answer) new Answer.Came(message.body());
                })
                .otherwise(Peers::classify)
                .onSuccess(waiting.answer::tryComplete);
        return waiting.answer.future().onComplete(done -> peer.waiting().remove(waiting));
    }

    private static Answer classify(Throwable failure) {
        return failure instanceof ReplyException reply
                && (reply.failureType() == ReplyFailure.NO_HANDLERS || reply.failureCode() == NOT_UNDERSTOOD)
                        ? new Answer.NotDelivered()
                        : new Answer.Lost();
    }

    /** Whoever waits for a node that is gone need not wait for the timeout. */
    void retain(Set<String> present) {
        peers.forEach((nodeId, peer) -> {
            if (!present.contains(nodeId)) {
                peers.remove(nodeId);
                lose(peer);
            }
        });
    }

    private static void lose(Peer peer) {
        peer.waiting().forEach(Waiting::lost);
    }
}
