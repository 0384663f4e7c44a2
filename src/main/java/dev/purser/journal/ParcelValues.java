package dev.purser.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.BatchForm.Line;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Transfer;
import io.vertx.sqlclient.Tuple;

/** What a batch sends, takes in and gives back, as the arrays that {@link ParcelSql} takes. */
final class ParcelValues {

    private final BatchForm form;
    private final List<Write> writes;

    ParcelValues(BatchForm form) {
        this.form = form;
        this.writes = form.batch().writes();
    }

    /** What the transfers have that their entries have not, an element for each entry; and one for each wallet at last. */
    void addTransfers(Tuple values) {
        int count = form.lines().size();
        @Nullable
        String[] ids = new String[count];
        @Nullable
        String[] lots = new String[count];
        @Nullable
        Long[] cents = new Long[count];
        @Nullable
        Long[] earned = new Long[count];
        @Nullable
        Long[] before = new Long[count];
        @Nullable
        String[] parcels = new String[count];
        @Nullable
        Integer[] places = new Integer[count];
        for (int i = 0; i < count; i++) {
            Line line = form.lines().get(i);
            String id = line.entry().memo().transferId();
            ids[i] = id;
            for (Fact fact : id == null ? List.<Fact>of() : line.posting().facts()) {
                if (fact instanceof Fact.Sent(var transfer, var taken, var last) && transfer.id().equals(id)) {
                    lots[i] = StateJson.lots(taken);
                    before[i] = last;
                    parcels[i] = transfer.parcel();
                    places[i] = transfer.place();
                } else if (fact instanceof Fact.Received(var _, var earning) && earning != null) {
                    cents[i] = earning.cents();
                    earned[i] = earning.earned();
                }
            }
        }
        Long[] last = writes.stream().map(write -> write.after().sendings().last()).toArray(Long[]::new);
        form.addOfEntries(values, ids, lots, cents, earned, before);
        form.addOfWallets(values, last);
        form.addOfEntries(values, parcels, places);
    }

    /** What is taken in, as it lies in the post: parcel by parcel, a bit for each transfer. */
    void addTakenIn(Tuple values) {
        List<String> wallets = new ArrayList<>();
        List<String> parcels = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        for (Write write : writes) {
            Map<String, Long> mine = new LinkedHashMap<>();
            for (Posting posting : write.postings()) {
                for (Fact fact : posting.facts()) {
                    if (fact instanceof Fact.Received(var transfer, var _)) {
                        mine.merge(transfer.parcel(), 1L << transfer.place(), (one, other) -> one | other);
                    }
                }
            }
            mine.forEach((parcel, all) -> {
                wallets.add(write.walletId());
                parcels.add(parcel);
                bits.add(all);
            });
        }
        values.addValue(wallets.toArray(String[]::new)).addValue(parcels.toArray(String[]::new))
                .addValue(bits.toArray(Long[]::new));
    }

    void addTakenBack(Tuple values) {
        List<Transfer> returned = new ArrayList<>();
        for (Write write : writes) {
            for (Posting posting : write.postings()) {
                for (Fact fact : posting.facts()) {
                    if (fact instanceof Fact.Returned(var transfer)) {
                        returned.add(transfer);
                    }
                }
            }
        }
        values.addValue(returned.stream().map(Transfer::from).toArray(String[]::new))
                .addValue(returned.stream().map(Transfer::to).toArray(String[]::new))
                .addValue(returned.stream().map(Transfer::id).toArray(String[]::new))
                .addValue(returned.stream().map(Transfer::parcel).toArray(String[]::new))
                .addValue(returned.stream().map(Transfer::place).toArray(Integer[]::new));
    }
}
