package dev.purser.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.purser.lane.Batch;
import dev.purser.support.MemoryTables;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Wallet;

/** What PostgreSQL holds, and what its statements do: each of them at one moment, or not at all. */
final class Store {

    private final World world;
    private final Judge judge;
    private final MemoryTables tables = new MemoryTables(this::written);
    private final MoneyBook money = new MoneyBook();
    private final Map<String, List<Line>> ledger = new HashMap<>();
    private long downUntil;

    Store(World world, Judge judge) {
        this.world = world;
        this.judge = judge;
    }

    /** An entry as it is stored, and what was on hold and owed after it. */
    record Line(String operationId, Entry entry, long heldAfter, long debtAfter) {
    }

    boolean isDown() {
        return world.now() < downUntil;
    }

    void down(long nanos) {
        downUntil = world.now() + nanos;
    }

    MemoryTables tables() {
        return tables;
    }

    MoneyBook money() {
        return money;
    }

    List<Line> lines(String id) {
        return ledger.getOrDefault(id, List.of());
    }

    private void written(Batch.Write write) {
        String id = write.walletId();
        List<Line> lines = ledger.computeIfAbsent(id, none -> new ArrayList<>());
        for (Batch.Posting posting : write.postings()) {
            judge.written(id, posting);
            for (Entry entry : posting.receipt().entries()) {
                long held = lines.isEmpty() ? 0 : lines.getLast().heldAfter();
                long debt = lines.isEmpty() ? 0 : lines.getLast().debtAfter();
                lines.add(new Line(posting.operationId(), entry, held + entry.held(), debt + entry.debt()));
                judge.entered(id, lines);
            }
        }
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
}
