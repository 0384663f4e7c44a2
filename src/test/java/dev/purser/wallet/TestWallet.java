package dev.purser.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** A wallet that a test puts commands to, with a clock of its own. It is told what is due first, as a lane would. */
final class TestWallet {

    static final String OWNER = "ada";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Authority HOUSE = new Authority.House();

    private Wallet wallet = Wallet.empty(OWNER);
    private Instant now = START;
    private Terms terms = Terms.FREE;

    /** One with so many purchased tokens. */
    static TestWallet with(long amount) {
        return new TestWallet().credited(amount, LotSource.PURCHASED);
    }

    @CanIgnoreReturnValue
    TestWallet credited(long amount, LotSource source) {
        return credited(amount, source, null);
    }

    @CanIgnoreReturnValue
    TestWallet credited(long amount, LotSource source, @Nullable Duration lifetime) {
        accepts(new Command.Credit(amount, source, lifetime == null ? null : now.plus(lifetime), Memo.NONE));
        return this;
    }

    /** One that owes {@code debt}. */
    static TestWallet owing(long debt) {
        TestWallet owing = new TestWallet();
        owing.accepts(refund("pi_owed", debt));
        return owing;
    }

    /** The first refund of a payment: so many of its tokens are taken back. */
    static Command refund(String paymentId, long tokens) {
        return new Command.Reverse(new Reversal(paymentId, TakenBack.NONE, tokens, 0, 0, 1));
    }

    /** Decides by other terms from now on. */
    @CanIgnoreReturnValue
    TestWallet under(Terms others) {
        terms = others;
        return this;
    }

    @CanIgnoreReturnValue
    TestWallet holding(String holdId, long amount) {
        accepts(new Command.OpenHold(holdId, amount, null, Duration.ofHours(1)));
        return this;
    }

    @CanIgnoreReturnValue
    TestWallet after(Duration time) {
        now = now.plus(time);
        return this;
    }

    @CanIgnoreReturnValue
    Decision.Accepted accepts(Command command) {
        return accepts(command, HOUSE);
    }

    @CanIgnoreReturnValue
    Decision.Accepted accepts(Command command, Authority by) {
        if (!(decide(command, by) instanceof Decision.Accepted accepted)) {
            throw new AssertionError("Expected " + command + " to be accepted, but got " + decide(command, by));
        }
        Laws.check(wallet, accepted);
        wallet = accepted.after();
        return accepted;
    }

    Refusal refuses(Command command) {
        return refuses(command, HOUSE);
    }

    Refusal refuses(Command command, Authority by) {
        if (!(decide(command, by) instanceof Decision.Refused(var refusal))) {
            throw new AssertionError("Expected " + command + " to be refused, but got " + decide(command, by));
        }
        return refusal;
    }

    Decision decide(Command command, Authority by) {
        if (!(command instanceof Command.ExpireDue) && wallet.isDue(now)) {
            accepts(new Command.ExpireDue());
        }
        return Rules.decide(wallet, command, by, now, terms);
    }

    Wallet state() {
        return wallet;
    }

    Instant now() {
        return now;
    }

    /** What it has that is not on hold, as {@code "purchased 70, earned 5"}. */
    String free() {
        return text(wallet.lots());
    }

    static String text(Lots lots) {
        StringBuilder text = new StringBuilder();
        for (Lot lot : lots) {
            text.append(text.isEmpty() ? "" : ", ").append(lot.source().text()).append(' ').append(lot.amount());
        }
        return text.toString();
    }

    /** A decision's entries as {@code "spend -30 held 0 debt 0"}. */
    static List<String> lines(Decision.Accepted accepted) {
        return accepted.receipt().entries().stream().map(entry -> entry.kind().text() + ' ' + entry.amount() + " held "
                + entry.held() + " debt " + entry.debt()).toList();
    }
}
