package dev.purser.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;

import dev.purser.lane.Deeds;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Deeds whose answers come on a thread of the caller's choice. */
record DeedsOnThread(Deeds deeds, Executor thread) implements Deeds {

    @Override
    public Future<Holdings> renew(String node) {
        return onThread(deeds.renew(node));
    }

    @Override
    public Future<Void> take(String node, Collection<Integer> partitions) {
        return onThread(deeds.take(node, partitions));
    }

    @Override
    public Future<Void> leave(String node, Map<Integer, Integer> settled) {
        return onThread(deeds.leave(node, settled));
    }

    private <T> Future<T> onThread(Future<T> answer) {
        Promise<T> there = Promise.promise();
        answer.onComplete(result -> thread.execute(() -> there.handle(result)));
        return there.future();
    }
}
