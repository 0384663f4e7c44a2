package dev.purser.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Lane;
import dev.purser.lane.LaneView;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** The lanes of this node, to be called from any thread. */
public final class LocalLanes {

    private final List<Slot> slots = new CopyOnWriteArrayList<>();

    /** A lane and the thread that is its own. */
    record Slot(int index, Lane lane, Context context, AtomicBoolean isToLook) {

        Slot(int index, Lane lane, Context context) {
            this(index, lane, context, new AtomicBoolean());
        }

        /** A lane looks through all of its wallets: once for all changes that come before it does. */
        void ownershipChanged() {
            if (isToLook.compareAndSet(false, true)) {
                context.runOnContext(go -> {
                    isToLook.set(false);
                    lane.ownershipChanged();
                });
            }
        }
    }

    void add(Slot slot) {
        slots.add(slot);
        slots.sort(Comparator.comparingInt(Slot::index));
    }

    public List<? extends LaneView> views() {
        return slots.stream().map(Slot::lane).toList();
    }

    Lane at(int lane) {
        return slots.get(lane).lane();
    }

    /** Hands an operation to a lane; the answer comes back on the caller's context. */
    Future<Outcome> send(int lane, Operation operation) {
        Slot slot = slots.get(lane);
        Context caller = Vertx.currentContext();
        if (slot.context().equals(caller)) {
            return slot.lane().submit(operation);
        }
        Promise<Outcome> answer = Promise.promise();
        slot.context().runOnContext(go -> slot.lane().submit(operation)
                .onSuccess(outcome -> complete(answer, outcome, caller))
                .onFailure(answer::fail));
        return answer.future();
    }

    private static void complete(Promise<Outcome> answer, Outcome outcome, @Nullable Context caller) {
        if (caller == null) {
            answer.complete(outcome);
        } else {
            caller.runOnContext(back -> answer.complete(outcome));
        }
    }

    void ownershipChanged() {
        slots.forEach(Slot::ownershipChanged);
    }

    /** Only the nodes that are there can hear what becomes of wallets. */
    void membersChanged(Set<String> present) {
        slots.forEach(slot -> slot.context().runOnContext(go -> slot.lane()
                .forgetWatchers(watcher -> watcher instanceof FarWatcher far && !present.contains(far.nodeId()))));
    }

    /** Takes no more in, and completes when what was taken in is answered. */
    public Future<Void> drain() {
        return Future.all(slots.stream().map(slot -> {
            Promise<Void> drained = Promise.promise();
            slot.context().runOnContext(go -> slot.lane().drain().onComplete(drained));
            return drained.future();
        }).toList()).mapEmpty();
    }
}
