package dev.purser.support;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Batch;
import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.Journal.Stored;
import dev.purser.lane.Journal.Taken;
import dev.purser.lane.Journal.Written;
import dev.purser.lane.OpKey;
import dev.purser.lane.StoredReply;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Payment;
import dev.purser.wallet.TakenBack;
import dev.purser.wallet.Wallet;

/** The journal's tables in memory, and what its statements do to them, each at one moment: what PostgreSQL is a model for. */
public final class MemoryTables {

    private final Map<String, Stored> wallets = new HashMap<>();
    private final Map<KeyName, StoredReply> keys = new HashMap<>();
    private final Map<String, Fact.Sent> post = new LinkedHashMap<>();
    private final Map<String, Bought> payments = new HashMap<>();
    private final Consumer<Batch.Write> onWrite;

    /** @param onWrite is told of each wallet's part just before it is written */
    public MemoryTables(Consumer<Batch.Write> onWrite) {
        this.onWrite = onWrite;
    }

    /** A payment that was credited, and what is taken back of it. */
    public record Bought(String walletId, Payment payment, TakenBack takenBack, int lastLook) {

        /** The number that the next step has. */
        public int nextStep() {
            return Math.max(takenBack.step(), lastLook) + 1;
        }
    }

    public Stored wallet(String id) {
        Stored stored = wallets.getOrDefault(id, new Stored(Wallet.empty(id), 0, List.of()));
        return new Stored(stored.wallet(), stored.epoch(), post.values().stream().map(Fact.Sent::transfer)
                .filter(transfer -> transfer.to().equals(id)).toList());
    }

    /** What is in the post, the oldest first. */
    public List<Fact.Sent> post() {
        return List.copyOf(post.values());
    }

    /** A payment, if it was credited. */
    public Optional<Bought> payment(String id) {
        return Optional.ofNullable(payments.get(id));
    }

    /** Whoever looks at a payment takes a number, see {@link Bought#nextStep}. Answers whether it is there. */
    public boolean look(String paymentId) {
        return payments.computeIfPresent(paymentId, (_, bought) -> new Bought(bought.walletId(), bought.payment(),
                bought.takenBack(), bought.nextStep())) != null;
    }

    public List<Stored> load(List<String> ids) {
        return ids.stream().map(this::wallet).toList();
    }

    /** Raises the epochs, also of wallets that have no row. */
    public void fence(List<String> ids) {
        ids.forEach(id -> wallets.put(id, new Stored(wallet(id).wallet(), wallet(id).epoch() + 1, List.of())));
    }

    /** Each wallet's part is written whole, or it is missed, or one of its keys is taken; nothing of what comes too late. */
    public Written commit(Batch batch, Instant now) {
        if (!now.isBefore(batch.until())) {
            return new Written.NotApplied(new TimeoutException("too late"));
        }
        Set<String> missed = new HashSet<>();
        List<Taken> taken = new ArrayList<>();
        for (Batch.Write write : batch.writes()) {
            Stored before = wallet(write.walletId());
            List<Taken> used = find(names(write));
            used.addAll(late(write));
            if (!used.isEmpty()) {
                taken.addAll(used);
            } else if (before.epoch() != write.epoch() || before.wallet().version() != write.version()) {
                missed.add(write.walletId());
            } else {
                write(write);
            }
        }
        return new Written.Committed(missed, taken);
    }

    /** Steps that were decided on before somebody has looked, and were not taken in time. */
    private List<Taken> late(Batch.Write write) {
        List<Taken> late = new ArrayList<>();
        for (Batch.Posting posting : write.postings()) {
            OpKey key = posting.key();
            if (key != null && reply(new KeyName(write.walletId(), key.text())) == null
                    && posting.facts().stream().anyMatch(this::isLate)) {
                late.add(new Taken(write.walletId(), key.text(), new StoredReply("another", posting.receipt())));
            }
        }
        return late;
    }

    private boolean isLate(Fact fact) {
        return fact instanceof Fact.Reversed(var paymentId, var now) && isLate(paymentId, now.step());
    }

    /** Whether a step of that number is not taken any more. */
    public boolean isLate(String paymentId, int step) {
        return payment(paymentId).filter(bought -> step < bought.nextStep()).isPresent();
    }

    private static List<KeyName> names(Batch.Write write) {
        List<KeyName> names = new ArrayList<>();
        for (Batch.Posting posting : write.postings()) {
            OpKey key = posting.key();
            if (key != null) {
                names.add(new KeyName(write.walletId(), key.text()));
            }
        }
        return names;
    }

    private void write(Batch.Write write) {
        onWrite.accept(write);
        wallets.put(write.walletId(), new Stored(write.after(), Math.max(1, write.epoch()), List.of()));
        for (Batch.Posting posting : write.postings()) {
            posting.facts().forEach(fact -> write(write.walletId(), fact));
            OpKey key = posting.key();
            if (key != null) {
                keys.put(new KeyName(write.walletId(), key.text()),
                        new StoredReply(key.fingerprint(), posting.receipt()));
            }
        }
    }

    private void write(String walletId, Fact fact) {
        switch (fact) {
            case Fact.Sent sent -> post.put(sent.transfer().id(), sent);
            case Fact.Received(var transfer, var _) -> post.remove(transfer.id());
            case Fact.Returned(var transfer) -> post.remove(transfer.id());
            case Fact.Paid(var payment) ->
                payments.putIfAbsent(payment.id(), new Bought(walletId, payment, TakenBack.NONE, 0));
            case Fact.Reversed(var paymentId, var now) -> payments.computeIfPresent(paymentId,
                    (_, bought) -> bought.takenBack().step() < now.step()
                            ? new Bought(bought.walletId(), bought.payment(), now, bought.lastLook())
                            : bought);
            case Fact.HoldChanged _,Fact.Audited _,Fact.Forgiven _,Fact.GivenOnChanged _ -> {
            }
        }
    }

    public List<Taken> find(List<KeyName> names) {
        List<Taken> found = new ArrayList<>();
        for (KeyName name : names) {
            StoredReply reply = reply(name);
            if (reply != null) {
                found.add(new Taken(name.walletId(), name.key(), reply));
            }
        }
        return found;
    }

    /** What is stored under a key. */
    public @Nullable StoredReply reply(KeyName name) {
        return keys.get(name);
    }
}
