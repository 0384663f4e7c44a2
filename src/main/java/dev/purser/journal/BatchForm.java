package dev.purser.journal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.BatchStatement.Part;
import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.lane.OpKey;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Memo;
import io.vertx.sqlclient.Tuple;

/** What a batch has, and so which form of the {@link BatchStatement} writes it. */
final class BatchForm {

    private static final Set<Part> OF_TRANSFERS = EnumSet.of(Part.MEMOS, Part.TRANSFERS);
    private static final Set<Part> OF_RETURNS = EnumSet.of(Part.MEMOS, Part.TRANSFERS, Part.RETURNS);
    private static final Set<Part> OF_PAYMENTS = EnumSet.of(Part.PAYMENTS);
    private static final Set<Part> OF_MONEY_BACK = EnumSet.of(Part.MONEY_BACK);
    private static final Set<Part> OF_HOLDS = EnumSet.of(Part.HOLDS_AND_AUDIT);
    private static final Set<Part> OF_GIVEN_ON = EnumSet.of(Part.MONEY_BACK, Part.GIVEN_ON);
    private static final Set<Part> OF_OWNERS = EnumSet.of(Part.SEVERAL_WALLETS, Part.SEVERAL_ENTRIES);

    private final Batch batch;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final List<Line> lines = new ArrayList<>();
    private int keys;

    /** @param looksForKeys whether it is seen beforehand that a key was used; else the statement fails at it */
    BatchForm(Batch batch, boolean looksForKeys) {
        this.batch = batch;
        addIf(batch.writes().size() != 1, Part.SEVERAL_WALLETS);
        batch.writes().forEach(this::add);
        addIf(parts.containsAll(OF_OWNERS), Part.OWNERS);
        addIf(lines.isEmpty() || parts.contains(Part.NEW_WALLETS), Part.VARIOUS);
        addIf(keys > 0, Part.KEYS);
        addIf(keys > 0 && looksForKeys, Part.USED_KEYS);
    }

    /** An entry, and where in the batch it stands. */
    record Line(Write write, Posting posting, Entry entry) {
    }

    private void add(Write write) {
        addIf(write.epoch() == 0, Part.NEW_WALLETS);
        int before = lines.size();
        for (Posting posting : write.postings()) {
            keys += isStored(posting.key()) ? 1 : 0;
            posting.facts().forEach(fact -> parts.addAll(partsOf(fact)));
            posting.receipt().entries().forEach(entry -> add(new Line(write, posting, entry)));
        }
        addIf(lines.size() != before + 1, Part.SEVERAL_ENTRIES);
    }

    private void add(Line line) {
        lines.add(line);
        Entry entry = line.entry();
        Entry first = lines.getFirst().entry();
        addIf(!entry.onlySpends() || entry.kind() != first.kind() || !entry.at().equals(first.at()), Part.VARIOUS);
        addIf(!entry.memo().equals(Memo.NONE), Part.MEMOS);
    }

    private void addIf(boolean has, Part part) {
        if (has) {
            parts.add(part);
        }
    }

    /** Of a transfer the post knows whether it was taken in: it needs no row for its key. */
    static boolean isStored(@Nullable OpKey key) {
        return key != null && !key.isTransfer();
    }

    private static Set<Part> partsOf(Fact fact) {
        return switch (fact) {
            case Fact.Sent _,Fact.Received _ -> OF_TRANSFERS;
            case Fact.Returned _ -> OF_RETURNS;
            case Fact.HoldChanged _,Fact.Audited _ -> OF_HOLDS;
            case Fact.Paid _ -> OF_PAYMENTS;
            case Fact.Reversed _ -> OF_MONEY_BACK;
            case Fact.Forgiven _,Fact.GivenOnChanged _ -> OF_GIVEN_ON;
        };
    }

    Batch batch() {
        return batch;
    }

    Set<Part> parts() {
        return parts;
    }

    String sql() {
        return BatchStatement.of(parts);
    }

    /** What the answer has to name; nothing when the batch is empty. */
    @Nullable
    String firstOperation() {
        return lines.isEmpty() ? null : lines.getFirst().posting().operationId();
    }

    /** All entries, wallet by wallet. */
    List<Line> lines() {
        return lines;
    }

    /** How many keys it writes. */
    int keys() {
        return keys;
    }

    /** Columns with a value for each wallet. */
    void addOfWallets(Tuple to, @Nullable Object[]... columns) {
        add(to, parts.contains(Part.SEVERAL_WALLETS), columns);
    }

    /** Columns with a value for each entry. */
    void addOfEntries(Tuple to, @Nullable Object[]... columns) {
        add(to, parts.contains(Part.SEVERAL_WALLETS) || parts.contains(Part.SEVERAL_ENTRIES), columns);
    }

    private static void add(Tuple to, boolean several, @Nullable Object[]... columns) {
        for (var column : columns) {
            to.addValue(several ? column : column[0]);
        }
    }
}
