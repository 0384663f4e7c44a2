package dev.purser.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.FormatMethod;

import dev.purser.lane.Batch;
import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.News;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.sim.Store.Line;
import dev.purser.wallet.Command;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Payment;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.TakenBack;
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
    private final Map<String, Payment> paid = new HashMap<>();
    private final Map<String, TakenBack> takenBack = new HashMap<>();
    private long inPost;
    private long inWallets;
    private long owed;
    private long broughtIn;
    private long judged;
    private long steps;

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
            case Fact.Sent(var transfer, _, _) -> {
                require(sent.add(transfer.id()), "%s is sent twice", transfer);
                inPost += transfer.amount();
            }
            case Fact.Received(var transfer, _) -> {
                require(sent.contains(transfer.id()) && arrived.add(transfer.id()), "%s arrives twice, or unsent",
                        transfer);
                inPost -= transfer.amount();
            }
            case Fact.Returned(var transfer) -> throw new AssertionError("No wallet was closed, but " + transfer);
            case Fact.Paid(var payment) -> {
                require(paid.put(payment.id(), payment) == null, "%s is credited twice", payment);
                broughtIn += payment.tokens() + payment.bonus();
            }
            case Fact.Reversed(var paymentId, var now) -> takenBack(paymentId, now);
            case Fact.HoldChanged _,Fact.Audited _,Fact.Forgiven _,Fact.GivenOnChanged _ -> {
                // Not about the post.
            }
        }
    }

    /** Step follows step, each is taken once, and in all no more than was bought is taken back. */
    private void takenBack(String paymentId, TakenBack now) {
        steps++;
        require(paid.containsKey(paymentId), "%s was not credited, but of it %s is taken back", paymentId, now);
        Payment payment = Objects.requireNonNull(paid.get(paymentId));
        TakenBack before = takenBack.getOrDefault(paymentId, TakenBack.NONE);
        require(now.step() > before.step(), "%s of %s does not follow %s", now, paymentId, before);
        require(now.tokens() + now.frozen() <= payment.tokens() + payment.bonus(), "%s is more than %s", now, payment);
        require(now.lots().total() <= now.tokens(), "%s of %s has more lots than tokens", now, paymentId);
        takenBack.put(paymentId, now);
        broughtIn -= now.tokens() - before.tokens();
    }

    /** What moves between a wallet and the world; what is bought, taken back or put in the post is told by facts. */
    private void count(Entry entry) {
        inWallets += entry.amount();
        owed += entry.debt();
        switch (entry.kind()) {
            case GIFT, CALL, PURCHASE, BONUS, REFUND, DISPUTE, REINSTATEMENT -> {
                // Counted where its fact is.
            }
            case DEBT_REPAYMENT -> require(entry.amount() == entry.debt(), "%s repays another sum than it takes",
                    entry);
            default -> {
                require(entry.debt() == 0, "%s changes what is owed", entry);
                broughtIn += entry.amount();
            }
        }
    }

    /** All that was ever brought in, and not spent or taken back, is somewhere. */
    void everythingIsSomewhere() {
        require(inPost == 0, "%d tokens are in the post", inPost);
        nothingIsLost();
    }

    private void nothingIsLost() {
        require(inWallets - owed + inPost == broughtIn,
                "%d tokens are in wallets, less %d owed, and %d in the post, of %d",
                inWallets, owed, inPost, broughtIn);
    }

    /** In the end as large a part of the tokens has gone back as of the price, of every payment. */
    void moneyIsFollowed(MoneyBook money) {
        paid.forEach((id, payment) -> {
            long back = Math.min(payment.price(), money.sum(id, MoneyBook.State.REFUNDED));
            long gone = Math.min(payment.price(),
                    back + money.sum(id, MoneyBook.State.WITHDRAWN, MoneyBook.State.LOST));
            long atStake = Math.min(payment.price(), gone + money.sum(id, MoneyBook.State.OPEN));
            TakenBack now = takenBack.getOrDefault(id, TakenBack.NONE);
            require(now.refunded() == part(payment, back) && now.tokens() == part(payment, gone)
                    && now.tokens() + now.frozen() == part(payment, atStake),
                    "%d, %d and %d cents of %s went back, but %s was taken back", back, gone, atStake, payment, now);
        });
    }

    private static long part(Payment payment, long money) {
        return (payment.tokens() + payment.bonus()) * money / payment.price();
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
        require(last.debtAfter() >= 0, "%s of %s leaves less than no debt", entry, wallet);
        count(entry);
    }

    /** A wallet's row has been written. */
    void stored(Wallet wallet, List<Line> lines) {
        Line last = lines.getLast();
        require(wallet.version() == lines.size() && wallet.balance() == last.entry().balanceAfter()
                && wallet.held() == last.heldAfter() && wallet.debt() == last.debtAfter(),
                "%s does not equal its last entry, %s", wallet, last);
        require(wallet.debt() == 0 || wallet.available() == 0, "%s could repay what it owes", wallet);
        nothingIsLost();
    }

    /** Somebody who looks on is told how a wallet stands. */
    void told(News news, Store store) {
        List<Line> lines = store.lines(news.walletId());
        require(news.version() <= lines.size() && news.balance() == balance(lines, news.version())
                && news.held() == held(lines, news.version()), "%s is told, which never was", news);
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
                require(!(operation.command() instanceof Command.Reverse), "%s is refused as %s", operation, refusal);
                require(!keyWasUsed, "%s is refused as %s, but its key was carried out", operation, refusal);
                if (refusal instanceof Refusal.InsufficientFunds(var available, _)) {
                    require(wasAvailable(lines, versionWhenAsked, available),
                            "%s is refused with %d available, which was not so after version %d", operation, available,
                            versionWhenAsked);
                }
            }
            case Outcome.KeyReused() -> {
                OpKey key = operation.key();
                require(operation.command() instanceof Command.Reverse(var reversal) && key != null
                        && (keys.contains(new KeyName(operation.walletId(), key.text()))
                                || store.tables().isLate(reversal.paymentId(), reversal.step())),
                        "No key is used for two things, but %s", operation);
            }
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

    /** How many steps were taken in taking back, or giving back, what was bought. */
    long steps() {
        return steps;
    }

    /** How many answers it has judged that say something about a wallet. */
    long judged() {
        return judged;
    }
}
