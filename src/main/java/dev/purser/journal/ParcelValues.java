package dev.purser.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Transfer;
import io.vertx.sqlclient.Tuple;

/** What a batch sends, takes in and gives back, as the arrays that {@link ParcelSql} takes. */
final class ParcelValues {

    private final Batch batch;
    private final int entryCount;

    ParcelValues(Batch batch, int entryCount) {
        this.batch = batch;
        this.entryCount = entryCount;
    }

    /** What the transfers have that their entries have not, an element for each entry; and one for each wallet at last. */
    void addTransfers(Tuple values) {
        @Nullable
        String[] ids = new String[entryCount];
        @Nullable
        String[] lots = new String[entryCount];
        @Nullable
        Long[] cents = new Long[entryCount];
        @Nullable
        Long[] earned = new Long[entryCount];
        @Nullable
        Long[] before = new Long[entryCount];
        @Nullable
        String[] parcels = new String[entryCount];
        @Nullable
        Integer[] places = new Integer[entryCount];
        int i = 0;
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                for (Entry entry : posting.receipt().entries()) {
                    String id = entry.memo().transferId();
                    ids[i] = id;
                    for (Fact fact : id == null ? List.<Fact>of() : posting.facts()) {
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
                    i++;
                }
            }
        }
        Long[] last = batch.writes().stream().map(write -> write.after().sendings().last()).toArray(Long[]::new);
        values.addValue(ids).addValue(lots).addValue(cents).addValue(earned).addValue(before);
        BatchValues.addOfEach(values, last);
        values.addValue(parcels).addValue(places);
    }

    /** What is taken in, as it lies in the post: parcel by parcel, a bit for each transfer. */
    void addTakenIn(Tuple values) {
        List<String> wallets = new ArrayList<>();
        List<String> parcels = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        for (Write write : batch.writes()) {
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
        for (Write write : batch.writes()) {
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
