package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.ClientLog.Look;
import dev.purser.support.Ledger.Line;

/** A checker that cannot fail proves nothing: each law is broken once, by hand. */
class LogCheckerTest {

    private static final String WALLET = "ann";
    private static final Intent CREDIT = Intent.credit(WALLET, 100, "t1").keyed("k1");
    private static final Intent SPEND = Intent.spend(WALLET, 30, "t2");
    private static final Intent REPAYING = Intent.credit(WALLET, 100, "t6");

    private final ClientLog log = new ClientLog();
    private final List<Line> lines = new ArrayList<>(List.of(line(1, CREDIT, 100, "op1"), line(2, SPEND, 70, "op2")));
    private final List<Ledger.Key> keys = new ArrayList<>(List.of(new Ledger.Key(WALLET, "k1", "op1")));

    @Test
    void shouldFindNothingWhereAllIsWell() {
        acknowledgeBoth();
        log.add(new Call(CREDIT, 50, 60, new Heard.Acknowledged(1, 1, 100, true, "t1 at 1")));
        log.add(new Call(Intent.spend(WALLET, 1, "t3"), 40, 50, new Heard.Unknown("broken off")));
        log.add(new Call(Intent.spend(WALLET, 999, "t4"), 40, 50, new Heard.Refused(false, "402")));
        log.add(new Look(WALLET, 1, 100, 1, 100));
        log.add(new Look("somebody else", 1, 100, 0, 0));

        assertThat(violations()).isEmpty();
    }

    @Test
    void shouldFindAnUnknownOneThatWasCarriedOutAndThatIsNoViolation() {
        log.add(acknowledged(CREDIT, 10, 20, 1, 100));
        log.add(new Call(SPEND, 30, 40, new Heard.Unknown("broken off")));

        assertThat(violations()).isEmpty();
    }

    @Test
    void shouldFindThatWhatIsSaidToHaveArrivedIsNotThere() {
        acknowledgeBoth();
        gift("bob", "credited");
        log.add(new Look("bob", 70, 80, 0, 0));

        assertThat(violations()).singleElement().asString().startsWith("Looked after a later entry");
    }

    @Test
    void shouldAllowForWhatIsStillInThePost() {
        acknowledgeBoth();
        gift("bob", "in_post");
        log.add(new Look("bob", 70, 80, 0, 0));

        assertThat(violations()).isEmpty();
    }

    @Test
    void shouldFindWhatArrivedElsewhere() {
        acknowledgeBoth();
        gift("eve", "credited");

        assertThat(violations()).singleElement().asString().startsWith("Expected what was sent");
    }

    /** Ten tokens for Bob, and where they came to. */
    private void gift(String arrivedAt, String state) {
        Intent gift = Intent.gift(WALLET, "bob", 10, "t5");
        lines.add(line(3, gift, 60, "op5"));
        lines.add(new Line(arrivedAt, 1, "gift", 10, 0, 10, "op6", "t5", false));
        log.add(new Call(gift, 50, 60, new Heard.Acknowledged(3, 3, 60, false, "{\"state\":\"%s\"}".formatted(state))));
    }

    @Test
    void shouldFindWhatWasAcknowledgedAndLost() {
        acknowledgeBoth();
        lines.removeLast();

        assertThat(violations()).singleElement().asString().startsWith("Acknowledged, but not in the ledger");
    }

    @Test
    void shouldFindWhatWasAppliedTwice() {
        acknowledgeBoth();
        lines.add(line(3, SPEND, 40, "op3"));

        assertThat(violations()).anyMatch(text -> text.startsWith("Expected at most one entry"));
    }

    @Test
    void shouldFindAnUnknownOneThatWasAppliedTwice() {
        log.add(acknowledged(CREDIT, 10, 20, 1, 100));
        log.add(new Call(SPEND, 30, 40, new Heard.Unknown("broken off")));
        lines.add(line(3, SPEND, 40, "op3"));

        assertThat(violations()).singleElement().asString().startsWith("Expected at most one entry");
    }

    @Test
    void shouldFindWhatNobodyAskedFor() {
        acknowledgeBoth();
        lines.add(line(3, Intent.spend(WALLET, 5, "of a stranger"), 65, "op3"));
        lines.add(new Line(WALLET, 4, "spend", -5, 0, 60, "op4", null, false));

        assertThat(violations()).hasSize(2).allMatch(text -> text.startsWith("Nobody asked for"));
    }

    @Test
    void shouldLetPaymentsComeAndGoInBetween() {
        acknowledgeBoth();
        lines.add(new Line(WALLET, 3, "refund", -70, 0, 0, "op3", null, true));
        lines.add(line(4, REPAYING, 100, "op4"));
        lines.add(new Line(WALLET, 5, "debt_repayment", -40, 0, 60, "op4", null, true));
        log.add(new Call(REPAYING, 50, 60, new Heard.Acknowledged(4, 5, 60, false, "t6")));
        log.add(new Look(WALLET, 41, 45, 3, 0));
        log.add(new Look(WALLET, 70, 80, 5, 60));

        assertThat(violations()).isEmpty();
    }

    @Test
    void shouldFindARepliesBalanceThatIsNotTheOneAfterWhatWasRepaid() {
        acknowledgeBoth();
        lines.add(line(3, REPAYING, 170, "op3"));
        lines.add(new Line(WALLET, 4, "debt_repayment", -40, 0, 130, "op3", null, true));
        log.add(new Call(REPAYING, 50, 60, new Heard.Acknowledged(3, 4, 170, false, "t6")));

        assertThat(violations()).singleElement().asString().startsWith("Expected what was acknowledged");
    }

    @Test
    void shouldFindALookAtABalanceThatNoPaymentLeft() {
        acknowledgeBoth();
        lines.add(new Line(WALLET, 3, "refund", -70, 0, 0, "op3", null, true));
        log.add(new Look(WALLET, 50, 60, 3, 1));

        assertThat(violations()).singleElement().asString().startsWith("Expected the balance of that version");
    }

    @Test
    void shouldFindWhatWasRefusedAndCarriedOut() {
        log.add(acknowledged(CREDIT, 10, 20, 1, 100));
        log.add(new Call(SPEND, 30, 40, new Heard.Refused(false, "402")));

        assertThat(violations()).singleElement().asString().startsWith("Expected nothing of what was refused");
    }

    @Test
    void shouldFindAnotherAmountThanWasAskedFor() {
        acknowledgeBoth();
        change(1, line -> new Line(WALLET, 2, "spend", -31, 0, 70, "op2", "t2", false));

        assertThat(violations()).singleElement().asString().startsWith("Expected what was asked for");
    }

    @Test
    void shouldFindAnotherWalletAnotherKindAndAnotherHold() {
        acknowledgeBoth();
        List<Line> wrong = List.of(new Line("bob", 2, "spend", -30, 0, 70, "op2", "t2", false),
                new Line(WALLET, 2, "tip", -30, 0, 70, "op2", "t2", false),
                new Line(WALLET, 2, "spend", -30, 1, 70, "op2", "t2", false));

        assertThat(wrong).allSatisfy(line -> {
            change(1, right -> line);
            assertThat(violations()).anyMatch(text -> text.startsWith("Expected what was asked for"));
        });
    }

    @Test
    void shouldFindARepliesNumberOrBalanceThatTheLedgerDoesNotHave() {
        List<Heard> wrong = List.of(new Heard.Acknowledged(3, 2, 70, false, ""),
                new Heard.Acknowledged(2, 3, 70, false, ""), new Heard.Acknowledged(2, 2, 71, false, ""));

        assertThat(wrong).allSatisfy(heard -> {
            ClientLog other = new ClientLog();
            other.add(acknowledged(CREDIT, 10, 20, 1, 100));
            other.add(new Call(SPEND, 30, 40, heard));
            assertThat(LogChecker.violations(other, new Ledger(lines, keys))).singleElement().asString()
                    .startsWith("Expected what was acknowledged");
        });
    }

    @Test
    void shouldFindAKeyThatWasCarriedOutTwice() {
        acknowledgeBoth();
        Intent again = Intent.credit(WALLET, 100, "t3").keyed("k1");
        log.add(acknowledged(again, 50, 60, 3, 170));
        lines.add(line(3, again, 170, "op3"));

        assertThat(violations()).anyMatch(text -> text.startsWith("Expected a key to be carried out once"));
    }

    @Test
    void shouldFindAKeyThatIsNotStored() {
        acknowledgeBoth();
        keys.clear();

        assertThat(violations()).singleElement().asString().contains("to be stored with what it did");
    }

    @Test
    void shouldFindAKeyThatStandsForSomethingElseOrNothing() {
        acknowledgeBoth();
        keys.set(0, new Ledger.Key(WALLET, "k1", "op2"));
        keys.add(new Ledger.Key(WALLET, "k9", "op9"));

        assertThat(violations()).hasSize(2).allMatch(text -> text.contains("to be stored with what it did"));
    }

    @Test
    void shouldFindAKeyThatWasAnsweredInTwoWays() {
        acknowledgeBoth();
        log.add(new Call(CREDIT, 50, 60, new Heard.Acknowledged(1, 1, 100, true, "something else")));

        assertThat(violations()).singleElement().asString().contains("to be answered alike");
    }

    @Test
    void shouldFindNumbersAgainstTheOrderOfTime() {
        log.add(acknowledged(SPEND, 10, 20, 2, 70));
        log.add(acknowledged(CREDIT, 30, 40, 1, 100));

        assertThat(violations()).singleElement().asString().startsWith("Acknowledged before another was sent");
    }

    @Test
    void shouldFindALookAtTheOldBalance() {
        acknowledgeBoth();
        log.add(new Look(WALLET, 50, 60, 1, 100));

        assertThat(violations()).singleElement().asString().startsWith("Looked after a later entry");
    }

    @Test
    void shouldFindALookAtTheFuture() {
        acknowledgeBoth();
        log.add(new Look(WALLET, 21, 25, 2, 70));

        assertThat(violations()).singleElement().asString().startsWith("Saw an entry that had not been asked for");
    }

    @Test
    void shouldFindALookAtABalanceThatNeverWas() {
        acknowledgeBoth();
        log.add(new Look(WALLET, 50, 60, 2, 71));

        assertThat(violations()).singleElement().asString().startsWith("Expected the balance of that version");
    }

    private List<String> violations() {
        return LogChecker.violations(log, new Ledger(lines, keys));
    }

    private void acknowledgeBoth() {
        log.add(acknowledged(CREDIT, 10, 20, 1, 100));
        log.add(acknowledged(SPEND, 30, 40, 2, 70));
    }

    private void change(int index, UnaryOperator<Line> change) {
        lines.set(index, change.apply(lines.get(index)));
    }

    private static Call acknowledged(Intent intent, long sentAt, long heardAt, long seq, long balance) {
        return new Call(intent, sentAt, heardAt,
                new Heard.Acknowledged(seq, seq, balance, false, intent.tag() + " at " + seq));
    }

    private static Line line(long seq, Intent intent, long balanceAfter, String operationId) {
        return new Line(intent.wallet(), seq, intent.kind().entry(), intent.amount(), intent.held(), balanceAfter,
                operationId, intent.tag(), false);
    }
}
