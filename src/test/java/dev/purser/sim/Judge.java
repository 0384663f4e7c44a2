package dev.purser.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.FormatMethod;

import dev.purser.lane.Batch;
import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.sim.Store.Line;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Wallet;

/** Knows what must never happen, and looks at everything that does: each write, and each answer. */
final class Judge {

    private final Set<String> operations = new HashSet<>();
    private final Set<KeyName> keys = new HashSet<>();
    private final Set<String> surelyNot = new HashSet<>();
    private final Map<KeyName, Receipt> answered = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Set<String> sent = new HashSet<>();
    private final Set<String> arrived = new HashSet<>();
    private final Set<String> paid = new HashSet<>();
    private final Map<String, Integer> reversed = new HashMap<>();
    private long inPost;
    private long inWallets;
    private long broughtIn;
    private long judged;

    /** An operation is about to be stored. */
    void written(String wallet, Batch.Posting posting) {
        require(operations.add(posting.operationId()), "%s is carried out twice", posting.operationId());
        require(!surelyNot.contains(posting.operationId()), "%s is carried out, but was answered that it was not",
                posting.operationId());
        OpKey key = posting.key();
        require(key == null || keys.add(new KeyName(wallet, key.text())), "%s is carried out twice", key);
        posting.facts().forEach(this::travels);
    }

    /** Tokens are put in the post once, and taken out of it once; what was paid for is brought in once. */
    private void travels(Fact fact) {
        switch (fact) {
            case Fact.Sent(var transfer, _) -> {
                require(sent.add(transfer.id()), "%s is sent twice", transfer);
                inPost += transfer.amount();
            }
            case Fact.Received(var transfer, _) -> {
                require(sent.contains(transfer.id()) && arrived.add(transfer.id()), "%s arrives twice, or unsent",
                        transfer);
                inPost -= transfer.amount();
            }
            case Fact.Returned(var transfer) -> throw new AssertionError("No wallet was closed, but " + transfer);
            case Fact.Paid(var payment) -> require(paid.add(payment.id()), "%s is credited twice", payment);
            case Fact.Reversed(var paymentId, var now) ->
                require(reversed.merge(paymentId, 1, Integer::sum) == now.step(),
                        "%s of %s is another step than %s", now, paymentId, reversed);
            case Fact.HoldChanged _,Fact.Audited _,Fact.Forgiven _,Fact.GivenOnChanged _ -> {
                // Not about the post.
            }
        }
    }

    /** After each entry: what was brought in is in the wallets and in the post, but for what was spent or ran out. */
    private void count(Entry entry) {
        inWallets += entry.amount();
        switch (entry.kind()) {
            case GIFT, CALL -> {
                // Out of a wallet into the post, or out of the post into a wallet.
            }
            default -> broughtIn += entry.amount();
        }
    }

    /** All that was ever brought in and not spent is somewhere. */
    void everythingIsSomewhere() {
        require(inPost == 0 && inWallets == broughtIn, "%d tokens are in wallets and %d in the post, of %d", inWallets,
                inPost, broughtIn);
    }

    /** An entry has been added as the last of these. */
    void entered(String wallet, List<Line> lines) {
        Line last = lines.getLast();
        Entry entry = last.entry();
        long before = lines.size() < 2 ? 0 : lines.get(lines.size() - 2).entry().balanceAfter();
        require(entry.seq() == lines.size(), "%s of %s should have the number %d", entry, wallet, lines.size());
        require(entry.balanceAfter() == before + entry.amount(), "%s of %s does not follow %d", entry, wallet, before);
        require(entry.balanceAfter() >= 0 && last.heldAfter() >= 0 && last.heldAfter() <= entry.balanceAfter(),
                "%s of %s leaves less than nothing", entry, wallet);
        count(entry);
    }

    /** A wallet's row has been written. */
    void stored(Wallet wallet, List<Line> lines) {
        Line last = lines.getLast();
        require(wallet.version() == lines.size() && wallet.balance() == last.entry().balanceAfter()
                && wallet.held() == last.heldAfter(), "%s does not equal its last entry, %s", wallet, last);
    }

    /**
     * A client has heard something.
     *
     * @param versionWhenAsked the last version of the wallet that anybody had heard of when the operation was sent
     * @param keyWasUsed whether its key was in the store by then
     */
    void heard(Operation operation, Outcome outcome, long versionWhenAsked, boolean keyWasUsed, Store store) {
        List<Line> lines = store.lines(operation.walletId());
        switch (outcome) {
            case Outcome.Done(var receipt, var replayed, _) -> {
                judged++;
                know(operation.walletId(), receipt.version());
                isInTheLedger(operation, receipt, replayed, versionWhenAsked, lines);
            }
            case Outcome.Seen(var wallet, _) -> {
                judged++;
                know(operation.walletId(), wallet.version());
                require(wallet.version() >= versionWhenAsked, "%s shows version %d when %d was there before", operation,
                        wallet.version(), versionWhenAsked);
                require(wallet.version() <= lines.size(), "%s shows version %d of %d", operation, wallet.version(),
                        lines.size());
                require(wallet.balance() == balance(lines, wallet.version())
                        && wallet.held() == held(lines, wallet.version()), "%s shows %s, which never was", operation,
                        wallet);
            }
            case Outcome.Refused(var refusal, _) -> {
                judged++;
                require(!keyWasUsed, "%s is refused as %s, but its key was carried out", operation, refusal);
                if (refusal instanceof Refusal.InsufficientFunds(var available, _)) {
                    require(wasAvailable(lines, versionWhenAsked, available),
                            "%s is refused with %d available, which was not so after version %d", operation, available,
                            versionWhenAsked);
                }
            }
            case Outcome.KeyReused() -> throw new AssertionError("No key is used for two things, but " + operation);
            case Outcome.KeyBusy(),Outcome.Limited _,Outcome.Moved(),Outcome.Unavailable _ -> {
                // Says nothing about the wallet.
            }
        }
    }

    /** The last version of a wallet that anybody has heard of. */
    long knownVersion(String wallet) {
        return known.getOrDefault(wallet, 0L);
    }

    /** The last version of each wallet that anybody has heard of. */
    Map<String, Long> known() {
        return Map.copyOf(known);
    }

    private void know(String wallet, long version) {
        known.merge(wallet, version, Math::max);
    }

    /** Every time that an operation was sent it was answered that it was not carried out: it must never be. */
    void neverHappened(Operation operation) {
        require(!operations.contains(operation.id()), "%s was carried out, but is answered that it was not", operation);
        surelyNot.add(operation.id());
    }

    private void isInTheLedger(Operation operation, Receipt receipt, boolean replayed, long versionWhenAsked,
            List<Line> lines) {
        for (Entry entry : receipt.entries()) {
            require(entry.seq() <= lines.size() && lines.get((int) entry.seq() - 1).entry().equals(entry),
                    "%s is answered with %s, which is not in the ledger: %s", operation, entry,
                    lines.subList(Math.max(0, (int) entry.seq() - 2), Math.min(lines.size(), (int) entry.seq() + 1)));
            require(replayed || entry.seq() > versionWhenAsked, "%s is answered with %s, which was there before",
                    operation, entry);
        }
        OpKey key = operation.key();
        if (key != null) {
            Receipt first = answered.putIfAbsent(new KeyName(operation.walletId(), key.text()), receipt);
            require(first == null || first.equals(receipt), "%s is answered with %s, but was with %s", operation,
                    receipt, first);
        } else {
            require(operations.contains(operation.id()), "%s is answered, but not in the ledger", operation);
        }
    }

    private static boolean wasAvailable(List<Line> lines, long from, long available) {
        for (long version = from; version <= lines.size(); version++) {
            if (balance(lines, version) - held(lines, version) == available) {
                return true;
            }
        }
        return false;
    }

    private static long balance(List<Line> lines, long version) {
        return version == 0 ? 0 : lines.get((int) version - 1).entry().balanceAfter();
    }

    private static long held(List<Line> lines, long version) {
        return version == 0 ? 0 : lines.get((int) version - 1).heldAfter();
    }

    @FormatMethod
    private static void require(boolean holds, String broken, @Nullable Object... about) {
        if (!holds) {
            throw new AssertionError(broken.formatted(about));
        }
    }

    /** How many answers it has judged that say something about a wallet. */
    long judged() {
        return judged;
    }
}
