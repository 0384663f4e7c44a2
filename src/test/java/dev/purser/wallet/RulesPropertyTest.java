package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * Long random stories, told to the rules and to a naive model at once: after every step both must agree, and the laws
 * must hold. A failure names the seed; jqwik then leaves out steps until the story is short.
 */
class RulesPropertyTest {

    /** A minute is short, so that stories come by many. */
    static final Terms TERMS = new Terms(TransferLimits.NONE, new EarningRate(1, 3), Duration.ofSeconds(1), 5,
            Duration.ofHours(3));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void shouldAgreeWithTheNaiveModelAndKeepTheLaws(@ForAll("stories") List<Step> story) {
        Told told = new Told();
        story.forEach(told::step);
    }

    /** The stories are worth telling only if they come by everything that can happen. */
    @Example
    void shouldComeByEveryEntryAndRefusal() {
        Set<String> seen = new TreeSet<>();
        Random random = new Random(1);
        for (int story = 0; story < 300; story++) {
            Told told = new Told();
            for (int step = 0; step < 300; step++) {
                told.step(new Step(random.nextLong()));
            }
            seen.addAll(told.seen);
        }
        assertThat(seen).contains("PURCHASE", "BONUS", "SUBSCRIPTION_GRANT", "PROMO", "SPEND", "TIP", "GIFT", "CALL",
                "RETURN", "HOLD",
                "RELEASE", "REFUND", "DISPUTE", "DEBT_REPAYMENT", "ADJUSTMENT", "EXPIRY", "FREEZE", "UNFREEZE",
                "CLOSE");
        assertThat(seen).contains("PAYOUT", "PayoutTooSmall", "NotPayable", "HoldInUse", "RecipientFrozen");
        assertThat(seen).contains("InsufficientFunds", "InDebt", "Frozen", "Closed", "NotAllowed", "NoOpenHold",
                "HoldGuarded",
                "HoldExists", "ExceedsHold", "TooLarge", "SourceNeverExpires", "ExpiresInThePast", "AlreadyFrozen",
                "NotFrozen", "HoldsOpen", "NotEmpty", "ToItself", "RecipientClosed");
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Arbitraries.randomValue(Random::nextLong).map(Step::new).list().ofMinSize(1).ofMaxSize(600)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** A story as far as it is told. */
    private static final class Told {

        private final List<Object> soFar = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private Wallet wallet = Wallet.empty(Step.OWNER);
        private NaiveWallet model = new NaiveWallet(Step.OWNER);
        private Ledger ledger = Ledger.EMPTY;
        private Instant clock = START;

        void step(Step step) {
            Step.Asked asked = step.on(wallet, clock);
            clock = asked.at();
            try {
                if (wallet.isDue(clock)) {
                    ask(new Command.ExpireDue(), new Authority.House());
                }
                ask(asked.command(), asked.by());
            } catch (AssertionError | RuntimeException wrong) {
                soFar.add(asked);
                throw new AssertionError(wrong + "\nat the end of:\n" + String.join("\n", lastOf(soFar))
                        + "\nwith " + wallet, wrong);
            }
            soFar.add(asked);
        }

        private void ask(Command command, Authority by) {
            Snapshot before = Snapshot.of(wallet);
            NaiveWallet.Verdict verdict = model.judge(command, by, clock);

            Decision decision = Rules.decide(wallet, command, by, clock, TERMS);

            Check.same("the same decision when asked again", Rules.decide(wallet, command, by, clock, TERMS), decision);
            Check.same("the wallet decided on as it was", before, Snapshot.of(wallet));
            switch (decision) {
                case Decision.Refused(var refusal) -> {
                    Check.same("the model's refusal", verdict.refusal(), refusal);
                    seen.add(refusal.getClass().getSimpleName());
                }
                case Decision.Unchanged() -> {
                    Check.same("no refusal", verdict.refusal(), null);
                    Check.same("no entries", verdict.entries(), List.of());
                }
                case Decision.Accepted accepted -> {
                    Check.same("no refusal", verdict.refusal(), null);
                    Check.same("the model's entries", verdict.entries(), accepted.receipt().entries());
                    Laws.check(wallet, accepted);
                    accepted.receipt().entries().forEach(entry -> seen.add(entry.kind().name()));
                    ledger = ledger.with(accepted.receipt().entries());
                    wallet = accepted.after();
                }
            }
            model = verdict.after();
            Check.same("the model's wallet", model.snapshot(), Snapshot.of(wallet));
            Check.same("the sum of the ledger", ledger, Ledger.of(wallet));
        }

        private static List<String> lastOf(List<Object> story) {
            return story.subList(Math.max(0, story.size() - 12), story.size()).stream().map(Object::toString).toList();
        }
    }

    /** What all entries of a wallet add up to. */
    private record Ledger(long entries, long balance, long held, long debt) {

        static final Ledger EMPTY = new Ledger(0, 0, 0, 0);

        static Ledger of(Wallet wallet) {
            return new Ledger(wallet.version(), wallet.balance(), wallet.held(), wallet.debt());
        }

        Ledger with(List<Entry> more) {
            Ledger sum = this;
            for (Entry entry : more) {
                sum = new Ledger(sum.entries + 1, sum.balance + entry.amount(), sum.held + entry.held(),
                        sum.debt + entry.debt());
            }
            return sum;
        }
    }
}
