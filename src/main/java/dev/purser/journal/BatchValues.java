package dev.purser.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.BatchForm.Line;
import dev.purser.journal.BatchStatement.Part;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.lane.OpKey;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Wallet;
import io.vertx.sqlclient.Tuple;

/** A batch as the values that its form of the {@link BatchStatement} takes, in the order of its placeholders. */
final class BatchValues {

    private final BatchForm form;
    private final List<Write> writes;
    private final List<Line> lines;
    private final Tuple values = Tuple.tuple();
    private @Nullable FactJson facts;
    private Instant lastTime = Instant.EPOCH;
    private OffsetDateTime lastOffset = lastTime.atOffset(ZoneOffset.UTC);

    private BatchValues(BatchForm form) {
        this.form = form;
        this.writes = form.batch().writes();
        this.lines = form.lines();
    }

    static Tuple of(BatchForm form) {
        return new BatchValues(form).tuple();
    }

    private Tuple tuple() {
        addWallets();
        addEntries();
        for (Part part : form.parts()) {
            switch (part) {
                case SEVERAL_WALLETS, NEW_WALLETS, USED_KEYS -> {
                    // They have no values of their own.
                }
                case SEVERAL_ENTRIES -> addNumbersAndBalances();
                case OWNERS ->
                    values.addValue(lines.stream().map(line -> line.write().walletId()).toArray(String[]::new));
                case VARIOUS -> {
                    addMoreOfWallets();
                    addMoreOfEntries();
                }
                case MEMOS -> addMemos();
                case TRANSFERS -> {
                    parcels().addTransfers(values);
                    parcels().addTakenIn(values);
                }
                case RETURNS -> parcels().addTakenBack(values);
                case KEYS -> addKeys();
                case PAYMENTS -> values.addString(facts().payments());
                case MONEY_BACK -> values.addString(facts().reversals()).addString(facts().steps());
                case HOLDS_AND_AUDIT -> values.addString(facts().holds()).addString(facts().audits());
                case GIVEN_ON -> values.addString(facts().givenOn()).addString(facts().givenOnSteps());
            }
        }
        return values.addValue(form.batch().until().atOffset(ZoneOffset.UTC));
    }

    private ParcelValues parcels() {
        return new ParcelValues(form);
    }

    /** Several parts may need it, most batches have none of them. */
    private FactJson facts() {
        FactJson known = facts;
        if (known == null) {
            known = new FactJson(form.batch());
            facts = known;
        }
        return known;
    }

    private void addWallets() {
        int count = writes.size();
        String[] ids = new String[count];
        Long[] oldVersions = new Long[count];
        Long[] oldEpochs = new Long[count];
        Long[] versions = new Long[count];
        Long[] balances = new Long[count];
        Long[] spent = new Long[count];
        String[] lots = new String[count];
        @Nullable
        OffsetDateTime[] due = new OffsetDateTime[count];
        for (int i = 0; i < count; i++) {
            Write write = writes.get(i);
            Wallet after = write.after();
            ids[i] = after.id();
            oldVersions[i] = write.version();
            oldEpochs[i] = write.epoch();
            versions[i] = after.version();
            balances[i] = after.balance();
            spent[i] = after.totals().spent();
            lots[i] = StateJson.lots(after.lots());
            due[i] = timeIfAny(after.nextDue());
        }
        form.addOfWallets(values, ids, oldVersions, oldEpochs, versions, balances, spent, lots, due);
    }

    private void addMoreOfWallets() {
        int count = writes.size();
        Long[] held = new Long[count];
        Long[] debts = new Long[count];
        String[] statuses = new String[count];
        Long[] purchased = new Long[count];
        Long[] earned = new Long[count];
        Long[] granted = new Long[count];
        @Nullable
        OffsetDateTime[] updated = new OffsetDateTime[count];
        for (int i = 0; i < count; i++) {
            Wallet after = writes.get(i).after();
            held[i] = after.held();
            debts[i] = after.debt();
            statuses[i] = after.status().text();
            purchased[i] = after.totals().purchased();
            earned[i] = after.totals().earned();
            granted[i] = after.granted();
            updated[i] = timeIfAny(after.updatedAt());
        }
        form.addOfWallets(values, held, debts, statuses, purchased, earned, granted, updated);
    }

    private void addEntries() {
        int count = lines.size();
        Long[] amounts = new Long[count];
        String[] operations = new String[count];
        for (int i = 0; i < count; i++) {
            amounts[i] = lines.get(i).entry().amount();
            operations[i] = lines.get(i).posting().operationId();
        }
        form.addOfEntries(values, amounts, operations);
        if (form.parts().contains(Part.VARIOUS)) {
            addKindsAndTimes();
        } else {
            Entry any = lines.getFirst().entry();
            values.addValue(any.kind().text()).addValue(time(any.at()));
        }
    }

    private void addKindsAndTimes() {
        int count = lines.size();
        String[] kinds = new String[count];
        OffsetDateTime[] times = new OffsetDateTime[count];
        for (int i = 0; i < count; i++) {
            Entry entry = lines.get(i).entry();
            kinds[i] = entry.kind().text();
            times[i] = time(entry.at());
        }
        form.addOfEntries(values, kinds, times);
    }

    private void addNumbersAndBalances() {
        int count = lines.size();
        Long[] numbers = new Long[count];
        Long[] balances = new Long[count];
        for (int i = 0; i < count; i++) {
            Entry entry = lines.get(i).entry();
            numbers[i] = entry.seq();
            balances[i] = entry.balanceAfter();
        }
        form.addOfEntries(values, numbers, balances);
    }

    private void addMoreOfEntries() {
        int count = lines.size();
        Long[] held = new Long[count];
        Long[] debts = new Long[count];
        for (int i = 0; i < count; i++) {
            Entry entry = lines.get(i).entry();
            held[i] = entry.held();
            debts[i] = entry.debt();
        }
        form.addOfEntries(values, held, debts);
    }

    private void addMemos() {
        int count = lines.size();
        @Nullable
        String[] payments = new String[count];
        @Nullable
        String[] related = new String[count];
        @Nullable
        String[] channels = new String[count];
        @Nullable
        String[] descriptions = new String[count];
        @Nullable
        String[] metadata = new String[count];
        for (int i = 0; i < count; i++) {
            Memo memo = lines.get(i).entry().memo();
            payments[i] = memo.paymentIntentId();
            related[i] = memo.relatedWallet();
            channels[i] = memo.channel();
            descriptions[i] = memo.description();
            metadata[i] = memo.metadata();
        }
        form.addOfEntries(values, payments, related, channels, descriptions, metadata);
    }

    private void addKeys() {
        int count = form.keys();
        String[] wallets = new String[count];
        String[] keys = new String[count];
        String[] fingerprints = new String[count];
        String[] operations = new String[count];
        String[] replies = new String[count];
        Boolean[] lasting = new Boolean[count];
        OffsetDateTime[] times = new OffsetDateTime[count];
        int i = 0;
        for (Write write : writes) {
            for (Posting posting : write.postings()) {
                OpKey key = posting.key();
                if (key != null && BatchForm.isStored(key)) {
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
