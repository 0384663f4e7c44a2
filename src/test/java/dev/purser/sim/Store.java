package dev.purser.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.cluster.Partitions;
import dev.purser.lane.Batch;
import dev.purser.lane.Deeds;
import dev.purser.lane.Deeds.Deed;
import dev.purser.lane.Deeds.Holdings;
import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.Journal.Stored;
import dev.purser.lane.Journal.Taken;
import dev.purser.lane.Journal.Written;
import dev.purser.lane.OpKey;
import dev.purser.lane.StoredReply;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Wallet;

/** What PostgreSQL holds, and what its statements do: each of them at one moment, or not at all. */
final class Store {

    private final World world;
    private final Judge judge;
    private final Map<String, Stored> wallets = new HashMap<>();
    private final Map<String, List<Line>> ledger = new HashMap<>();
    private final Map<KeyName, StoredReply> keys = new HashMap<>();
    private final @Nullable String[] holders = new String[Partitions.COUNT];
    private final Deed[] deeds = new Deed[Partitions.COUNT];
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private long downUntil;

    Store(World world, Judge judge) {
        this.world = world;
        this.judge = judge;
        Arrays.fill(deeds, new Deed(0, false));
    }

    /** An entry as it is stored, and what was on hold after it. */
    record Line(String operationId, Entry entry, long heldAfter) {
    }

    boolean isDown() {
        return world.now() < downUntil;
    }

    void down(long nanos) {
        downUntil = world.now() + nanos;
    }

    Stored wallet(String id) {
        return wallets.getOrDefault(id, new Stored(Wallet.empty(id), 0));
    }

    List<Line> lines(String id) {
        return ledger.getOrDefault(id, List.of());
    }

    @Nullable
    StoredReply reply(KeyName key) {
        return keys.get(key);
    }

    List<Stored> load(List<String> ids) {
        return ids.stream().map(this::wallet).toList();
    }

    /** Raises the epochs, also of wallets that have no row. */
    void fence(List<String> ids) {
        ids.forEach(id -> wallets.put(id, new Stored(wallet(id).wallet(), wallet(id).epoch() + 1)));
    }

    Written commit(Batch batch) {
        Set<String> missed = new HashSet<>();
        List<Taken> taken = new ArrayList<>();
        for (Batch.Write write : batch.writes()) {
            Stored before = wallet(write.walletId());
            List<Taken> used = used(write);
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

    private List<Taken> used(Batch.Write write) {
        List<Taken> used = new ArrayList<>();
        for (Batch.Posting posting : write.postings()) {
            OpKey key = posting.key();
            StoredReply reply = key == null ? null : keys.get(new KeyName(write.walletId(), key.text()));
            if (key != null && reply != null) {
                used.add(new Taken(write.walletId(), key.text(), reply));
            }
        }
        return used;
    }

    private void write(Batch.Write write) {
        String id = write.walletId();
        List<Line> lines = ledger.computeIfAbsent(id, none -> new ArrayList<>());
        for (Batch.Posting posting : write.postings()) {
            judge.written(id, posting);
            for (Entry entry : posting.receipt().entries()) {
                long held = lines.isEmpty() ? 0 : lines.getLast().heldAfter();
                lines.add(new Line(posting.operationId(), entry, held + entry.held()));
                judge.entered(id, lines);
            }
            OpKey key = posting.key();
            if (key != null) {
                keys.put(new KeyName(id, key.text()), new StoredReply(key.fingerprint(), posting.receipt()));
            }
        }
        wallets.put(id, new Stored(write.after(), Math.max(1, write.epoch())));
        judge.stored(write.after(), lines);
    }

    /** Of a batch, the wallets whose first entry is stored as it would have been written. */
    Set<String> written(Batch batch) {
        Set<String> found = new HashSet<>();
        for (Batch.Write write : batch.writes()) {
            List<Line> lines = lines(write.walletId());
            int index = Math.toIntExact(write.version());
            if (lines.size() > index
                    && lines.get(index).operationId().equals(write.postings().getFirst().operationId())) {
                found.add(write.walletId());
            }
        }
        return found;
    }

    List<Taken> find(List<KeyName> names) {
        List<Taken> found = new ArrayList<>();
        for (KeyName name : names) {
            StoredReply reply = keys.get(name);
            if (reply != null) {
                found.add(new Taken(name.walletId(), name.key(), reply));
            }
        }
        return found;
    }

    Holdings renew(String node) {
        seen.put(node, world.now());
        Map<Integer, Deed> held = new HashMap<>();
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            if (node.equals(holders[partition])) {
                held.put(partition, deeds[partition]);
            }
        }
        long since = world.now() - Deeds.PRESENCE.toNanos();
        return new Holdings(held, seen.keySet().stream().filter(id -> Objects.requireNonNull(seen.get(id)) > since)
                .toList());
    }

    void take(String node, Iterable<Integer> partitions) {
        for (int partition : partitions) {
            boolean again = node.equals(holders[partition]) && deeds[partition].contested();
            boolean contested = holders[partition] != null && (!node.equals(holders[partition]) || again);
            holders[partition] = node;
            deeds[partition] = new Deed(deeds[partition].term() + 1, contested);
        }
    }

    void leave(String node) {
        Arrays.setAll(holders, partition -> node.equals(holders[partition]) ? null : holders[partition]);
        seen.remove(node);
    }
}
