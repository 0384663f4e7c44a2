package dev.purser.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
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
import dev.purser.wallet.Wallet;
import io.vertx.sqlclient.Tuple;

/** A batch as the values that {@link BatchStatement} takes, in the order of its placeholders. */
final class BatchValues {

    private static final Set<Part> OF_TRANSFERS = EnumSet.of(Part.MEMOS, Part.TRANSFERS);
    private static final Set<Part> OF_RETURNS = EnumSet.of(Part.MEMOS, Part.TRANSFERS, Part.RETURNS);
    private static final Set<Part> OF_PAYMENTS = EnumSet.of(Part.PAYMENTS);
    private static final Set<Part> OF_MONEY_BACK = EnumSet.of(Part.MONEY_BACK);
    private static final Set<Part> OF_HOLDS = EnumSet.of(Part.HOLDS_AND_AUDIT);
    private static final Set<Part> OF_GIVEN_ON = EnumSet.of(Part.MONEY_BACK, Part.GIVEN_ON);

    private final int entryCount;
    private final int keyCount;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private final Batch batch;
    private final @Nullable String firstOperation;
    private @Nullable FactJson facts;
    private Instant lastTime = Instant.EPOCH;
    private OffsetDateTime lastOffset = lastTime.atOffset(ZoneOffset.UTC);

    /** @param looksForKeys whether it is seen beforehand that a key was used; else the statement fails at it */
    BatchValues(Batch batch, boolean looksForKeys) {
        int entries = 0;
        int keys = 0;
        String first = null;
        for (Write write : batch.writes()) {
            if (write.epoch() == 0) {
                parts.add(Part.NEW_WALLETS);
            }
            for (Posting posting : write.postings()) {
                entries += posting.receipt().entries().size();
                keys += isStored(posting.key()) ? 1 : 0;
                posting.facts().forEach(fact -> parts.addAll(partsOf(fact)));
                for (Entry entry : posting.receipt().entries()) {
                    first = first == null ? posting.operationId() : first;
                    if (!entry.memo().equals(Memo.NONE)) {
                        parts.add(Part.MEMOS);
                    }
                }
            }
        }
        if (keys > 0) {
            if (looksForKeys) {
                parts.add(Part.USED_KEYS);
            }
            parts.add(Part.KEYS);
        }
        if (batch.writes().size() != 1) {
            parts.add(Part.SEVERAL_WALLETS);
        }
        this.batch = batch;
        this.entryCount = entries;
        this.keyCount = keys;
        this.firstOperation = first;
    }

    private static boolean isStored(@Nullable OpKey key) {
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

    String sql() {
        return BatchStatement.of(parts);
    }

    Tuple tuple() {
        Tuple values = Tuple.tuple();
        addWallets(values);
        addEntries(values);
        for (Part part : parts) {
            switch (part) {
                case SEVERAL_WALLETS -> addWalletsOfEntries(values);
                case NEW_WALLETS, USED_KEYS -> {
                    // They have no values of their own.
                }
                case MEMOS -> addMemos(values);
                case TRANSFERS -> {
                    parcels().addTransfers(values);
                    parcels().addTakenIn(values);
                }
                case RETURNS -> parcels().addTakenBack(values);
                case KEYS -> addKeys(values);
                case PAYMENTS -> values.addString(facts().payments());
                case MONEY_BACK -> values.addString(facts().reversals()).addString(facts().steps());
                case HOLDS_AND_AUDIT -> values.addString(facts().holds()).addString(facts().audits());
                case GIVEN_ON -> values.addString(facts().givenOn()).addString(facts().givenOnSteps());
            }
        }
        return values.addValue(batch.until().atOffset(ZoneOffset.UTC));
    }

    /** What the answer has to name; nothing when the batch is empty. */
    @Nullable
    String firstOperation() {
        return firstOperation;
    }

    private ParcelValues parcels() {
        return new ParcelValues(batch, entryCount);
    }

    /** Several parts may need it, most batches have none of them. */
    private FactJson facts() {
        FactJson known = facts;
        if (known == null) {
            known = new FactJson(batch);
            facts = known;
        }
        return known;
    }

    private void addWallets(Tuple values) {
        int count = batch.writes().size();
        String[] ids = new String[count];
        Long[] oldVersions = new Long[count];
        Long[] oldEpochs = new Long[count];
        Long[] versions = new Long[count];
        Long[] balances = new Long[count];
        Long[] held = new Long[count];
        Long[] debts = new Long[count];
        String[] statuses = new String[count];
        Long[] purchased = new Long[count];
        Long[] spent = new Long[count];
        Long[] earned = new Long[count];
        String[] lots = new String[count];
        @Nullable
        OffsetDateTime[] due = new OffsetDateTime[count];
        @Nullable
        OffsetDateTime[] updated = new OffsetDateTime[count];
        Long[] granted = new Long[count];
        for (int i = 0; i < count; i++) {
            Write write = batch.writes().get(i);
            Wallet after = write.after();
            ids[i] = after.id();
            oldVersions[i] = write.version();
            oldEpochs[i] = write.epoch();
            versions[i] = after.version();
            balances[i] = after.balance();
            held[i] = after.held();
            debts[i] = after.debt();
            statuses[i] = after.status().text();
            purchased[i] = after.totals().purchased();
            spent[i] = after.totals().spent();
            earned[i] = after.totals().earned();
            lots[i] = StateJson.lots(after.lots());
            due[i] = timeIfAny(after.nextDue());
            updated[i] = timeIfAny(after.updatedAt());
            granted[i] = after.granted();
        }
        addOfEach(values, ids, oldVersions, oldEpochs, versions, balances, held, debts, statuses, purchased, spent,
                earned, lots, due, updated, granted);
    }

    /** Values for each wallet, as {@link Part#SEVERAL_WALLETS} has them, or for the only one. */
    static void addOfEach(Tuple values, @Nullable Object[]... columns) {
        for (var column : columns) {
            values.addValue(column.length == 1 ? column[0] : column);
        }
    }

    private void addEntries(Tuple values) {
        Long[] seqs = new Long[entryCount];
        String[] kinds = new String[entryCount];
        Long[] amounts = new Long[entryCount];
        Long[] held = new Long[entryCount];
        Long[] debts = new Long[entryCount];
        Long[] balances = new Long[entryCount];
        String[] operations = new String[entryCount];
        OffsetDateTime[] times = new OffsetDateTime[entryCount];
        int i = 0;
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                for (Entry entry : posting.receipt().entries()) {
                    seqs[i] = entry.seq();
                    kinds[i] = entry.kind().text();
                    amounts[i] = entry.amount();
                    held[i] = entry.held();
                    debts[i] = entry.debt();
                    balances[i] = entry.balanceAfter();
                    operations[i] = posting.operationId();
                    times[i] = time(entry.at());
                    i++;
                }
            }
        }
        values.addValue(seqs).addValue(kinds).addValue(amounts).addValue(held).addValue(debts)
                .addValue(balances).addValue(operations).addValue(times);
    }

    private void addWalletsOfEntries(Tuple values) {
        String[] wallets = new String[entryCount];
        int i = 0;
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                int count = posting.receipt().entries().size();
                Arrays.fill(wallets, i, i + count, write.walletId());
                i += count;
            }
        }
        values.addValue(wallets);
    }

    private void addMemos(Tuple values) {
        @Nullable
        String[] payments = new String[entryCount];
        @Nullable
        String[] related = new String[entryCount];
        @Nullable
        String[] channels = new String[entryCount];
        @Nullable
        String[] descriptions = new String[entryCount];
        @Nullable
        String[] metadata = new String[entryCount];
        int i = 0;
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                for (Entry entry : posting.receipt().entries()) {
                    Memo memo = entry.memo();
                    payments[i] = memo.paymentIntentId();
                    related[i] = memo.relatedWallet();
                    channels[i] = memo.channel();
                    descriptions[i] = memo.description();
                    metadata[i] = memo.metadata();
                    i++;
                }
            }
        }
        values.addValue(payments).addValue(related).addValue(channels).addValue(descriptions).addValue(metadata);
    }

    private void addKeys(Tuple values) {
        String[] wallets = new String[keyCount];
        String[] keys = new String[keyCount];
        String[] fingerprints = new String[keyCount];
        String[] operations = new String[keyCount];
        String[] replies = new String[keyCount];
        Boolean[] lasting = new Boolean[keyCount];
        OffsetDateTime[] times = new OffsetDateTime[keyCount];
        int i = 0;
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                OpKey key = posting.key();
                if (key != null && isStored(key)) {
                    wallets[i] = write.walletId();
                    keys[i] = key.text();
                    fingerprints[i] = key.fingerprint();
                    operations[i] = posting.operationId();
                    replies[i] = StateJson.receipt(posting.receipt());
                    lasting[i] = key.lasting();
                    times[i] = time(posting.receipt().entries().getFirst().at());
                    i++;
                }
            }
        }
        values.addValue(wallets).addValue(keys).addValue(fingerprints).addValue(operations).addValue(replies)
                .addValue(lasting).addValue(times);
    }

    private @Nullable OffsetDateTime timeIfAny(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    /** Most times of a batch are the one at which it was decided. */
    private OffsetDateTime time(Instant instant) {
        if (!instant.equals(lastTime)) {
            lastTime = instant;
            lastOffset = instant.atOffset(ZoneOffset.UTC);
        }
        return lastOffset;
    }
}
