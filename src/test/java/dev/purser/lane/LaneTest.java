package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.purser.support.OwnsAll;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Scope;
import dev.purser.wallet.Terms;
import io.vertx.core.Future;

/** What a lane does with what it is given, one thread and one clock under the test's control. */
class LaneTest {

    private static final Command SPEND = new Command.Spend(1, Memo.NONE);
    private static final Command LOOK = new Command.Look();

    private final ManualLoop loop = new ManualLoop();
    private final MemoryJournal journal = new MemoryJournal();
    private int term = 1;
    private boolean fresh;
    private boolean sure = true;
    private Instant writableUntil = OwnsAll.FOR_EVER;
    private Runnable onAskedForTerm = () -> {
    };
    private final Ownership ownership = new Ownership() {
        @Override
        public int term(String walletId) {
            onAskedForTerm.run();
            return term;
        }

        @Override
        public boolean isFresh(String walletId) {
            return fresh;
        }

        @Override
        public boolean isSure(String walletId, int ofTerm) {
            return sure && ofTerm == term;
        }

        @Override
        public Instant writableUntil() {
            return writableUntil;
        }
    };
    private Lane lane = lane(settings(100, 1_000, RateLimits.OFF));

    private Lane lane(LaneSettings settings) {
        return new Lane(loop, journal, ownership, settings, LaneMeter.NONE, Ids::next);
    }

    private static LaneSettings settings(int mailbox, int wallets, RateLimits limits) {
        return new LaneSettings(mailbox, 1 << 20, Duration.ofMillis(200), 32, 1 << 20, Duration.ofSeconds(4),
                Duration.ofMinutes(10), wallets,
                wallets, limits, Terms.FREE);
    }

    private Future<Outcome> submit(String wallet, Command command) {
        return submit(wallet, null, new Authority.House(), command);
    }

    private Future<Outcome> submit(String wallet, @Nullable OpKey key, Authority by, Command command) {
        return lane.submit(new Operation(Ids.next(), wallet, key, by, command));
    }

    private Outcome call(String wallet, Command command) {
        Future<Outcome> answer = submit(wallet, command);
        loop.run();
        return answer.result();
    }

    private Outcome call(String wallet, OpKey key, Command command) {
        Future<Outcome> answer = submit(wallet, key, new Authority.House(), command);
        loop.run();
        return answer.result();
    }

    private void credit(String wallet, long amount) {
        assertThat(call(wallet, new Command.Credit(amount, LotSource.PROMO, null, Memo.NONE)))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void shouldGatherWhatComesWhileACommitIsUnderWay() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> first = submit("w", SPEND);
        loop.run();
        List<Future<Outcome>> more = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            more.add(submit("w", SPEND));
        }
        loop.run();
        assertThat(first.isComplete()).isFalse();
        journal.release();
        loop.run();
        assertThat(more).allMatch(Future::isComplete);
        assertThat(journal.batchSizes()).containsExactly(1, 1, 32, 8);
    }

    @Test
    void shouldAnswerNothingBeforeItIsDurableNotEvenARefusal() {
        credit("w", 10);
        journal.hold();
        Future<Outcome> all = submit("w", new Command.Spend(10, Memo.NONE));
        Future<Outcome> refused = submit("w", SPEND);
        loop.run();
        assertThat(refused.isComplete()).isFalse();
        assertThat(call("w", LOOK)).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(10));
        journal.release();
        loop.run();
        assertThat(all.result()).isInstanceOf(Outcome.Done.class);
        assertThat(refused.result()).isEqualTo(new Outcome.Refused(new Refusal.InsufficientFunds(0, 1), null));
    }

    @Test
    void shouldBelieveMemoryAloneOnlyWhileItIsSureToBeTheOwner() {
        credit("w", 10);
        sure = false;
        assertThat(call("w", LOOK)).isEqualTo(new Outcome.Moved());
        assertThat(call("w", new Command.Spend(11, Memo.NONE))).as("nothing proves the refusal")
                .isEqualTo(new Outcome.Moved());
        assertThat(call("w", SPEND)).as("the fence proves it").isInstanceOf(Outcome.Done.class);
        sure = true;
        assertThat(call("w", LOOK)).isInstanceOf(Outcome.Seen.class);
        assertThat(call("w", new Command.Spend(11, Memo.NONE))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void shouldDecideAgainWhatCameTooLateToBeWritten() {
        credit("w", 10);
        writableUntil = Instant.EPOCH;
        Future<Outcome> spend = submit("w", SPEND);
        loop.run();
        assertThat(spend.isComplete()).isFalse();
        writableUntil = OwnsAll.FOR_EVER;
        loop.pass(Duration.ofSeconds(1));
        assertThat(spend.result()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void shouldAskUntilWhenItMayWriteBeforeItDecides() {
        credit("w", 10);
        journal.hold();
        Future<Outcome> spend = submit("w", SPEND);
        onAskedForTerm = () -> writableUntil = OwnsAll.FOR_EVER;
        writableUntil = Instant.EPOCH;
        loop.run();
        onAskedForTerm = () -> {
        };
        journal.release();
        loop.run();
        assertThat(spend.isComplete()).as("what was known when it was decided counts").isFalse();
    }

    @Test
    void shouldTurnAwayAtOnceWhatIsMoreThanItCanKeep() {
        credit("w", 1_000);
        journal.hold();
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            answers.add(submit("w", SPEND));
        }
        loop.run();
        assertThat(answers).filteredOn(Future::isComplete).hasSize(50)
                .allMatch(answer -> answer.result().equals(new Outcome.Unavailable(Outcome.Reason.OVERLOADED, 1)));
        assertThat(lane.submit(new Operation("x", "w", null, new Authority.House(), LOOK)).isComplete()).isTrue();
        journal.release();
        loop.run();
        assertThat(answers).allMatch(Future::isComplete).filteredOn(answer -> answer.result() instanceof Outcome.Done)
                .hasSize(100);
    }

    @Test
    void shouldTurnAwayTextThatIsMoreThanItCanKeep() {
        credit("w", 1_000);
        journal.hold();
        Command wordy = new Command.Spend(1, Memo.of("x".repeat(100_000)));
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(submit("w", wordy));
        }
        assertThat(answers).filteredOn(Future::isComplete).hasSize(10);
    }

    @Test
    void shouldSayThatNothingWasDoneWhenAnOperationWaitedTooLong() {
        credit("w", 100);
        journal.hold();
        OpKey key = OpKey.ofClient("w", "k", "f");
        Future<Outcome> underWay = submit("w", key, new Authority.House(), SPEND);
        loop.run();
        Future<Outcome> waiting = submit("w", SPEND);
        Future<Outcome> twin = submit("w", key, new Authority.House(), SPEND);
        loop.pass(Duration.ofSeconds(5));
        assertThat(waiting.result()).isEqualTo(new Outcome.Unavailable(Outcome.Reason.OVERLOADED, 1));
        assertThat(twin.result()).isEqualTo(new Outcome.KeyBusy());
        journal.release();
        loop.pass(Duration.ofSeconds(1));
        assertThat(underWay.result()).isInstanceOf(Outcome.Done.class);
        assertThat(journal.batchSizes()).containsExactly(1, 1);
    }

    @Test
    void shouldPutAwayWalletsThatAreNotUsedAndReadThemAgain() {
        credit("w", 100);
        int before = journal.loads();
        loop.pass(Duration.ofMinutes(11));
        assertThat(lane.wallets()).isZero();
        assertThat(call("w", LOOK)).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(100));
        assertThat(journal.loads()).isEqualTo(before + 1);
    }

    @Test
    void shouldKeepTheWalletsUsedLastAndKnowTheKeysOfThoseItPutAway() {
        lane = lane(settings(100, 3, RateLimits.OFF));
        OpKey key = OpKey.ofClient("w-0", "k", "f");
        credit("w-0", 10);
        Future<Outcome> first = submit("w-0", key, new Authority.House(), new Command.Spend(10, Memo.NONE));
        loop.run();
        for (int i = 1; i < 10; i++) {
            credit("w-" + i, 1);
            Future<Outcome> keyed = submit("w-" + i, OpKey.ofClient("w-" + i, "k", "f"), new Authority.House(), SPEND);
            loop.run();
            assertThat(keyed.result()).isInstanceOf(Outcome.Done.class);
        }
        loop.pass(Duration.ofSeconds(1));
        assertThat(lane.wallets()).isEqualTo(3);
        Future<Outcome> again = submit("w-0", key, new Authority.House(), new Command.Spend(10, Memo.NONE));
        loop.run();
        assertThat(((Outcome.Done) again.result()).receipt()).isEqualTo(((Outcome.Done) first.result()).receipt());
        assertThat(((Outcome.Done) again.result()).replayed()).isTrue();
    }

    @Test
    void shouldExpireWhatIsDueBeforeItDecidesOrShows() {
        Command credit = new Command.Credit(50, LotSource.ALLOWANCE, loop.now().plusSeconds(60), Memo.NONE);
        assertThat(call("w", credit)).isInstanceOf(Outcome.Done.class);
        loop.pass(Duration.ofSeconds(61));
        assertThat(call("w", SPEND)).isEqualTo(new Outcome.Refused(new Refusal.InsufficientFunds(0, 1), null));
        assertThat(call("w", credit(5))).isInstanceOf(Outcome.Done.class);
        loop.pass(Duration.ofSeconds(61));
        assertThat(call("w", LOOK)).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isZero());
    }

    private Command credit(long amount) {
        return new Command.Credit(amount, LotSource.ALLOWANCE, loop.now().plusSeconds(60), Memo.NONE);
    }

    @Test
    void shouldLimitAnOwnerButNotABackend() {
        RateLimits limits = new RateLimits(null, new RateLimits.Limit(3, 60));
        lane = lane(settings(100, 100, limits));
        credit("ada", 100);
        Authority ada = new Authority.Caller("ada", Set.of());
        Authority backend = new Authority.Caller("shop", Set.of(Scope.CHARGE));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Future<Outcome> own = submit("ada", null, ada, SPEND);
            Future<Outcome> charged = submit("ada", null, backend, SPEND);
            loop.run();
            outcomes.add(own.result());
            assertThat(charged.result()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(outcomes.subList(0, 3)).allMatch(Outcome.Done.class::isInstance);
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Limited(new Quota("writes", 3, 60, 0, 20)));
        loop.pass(Duration.ofSeconds(20));
        Future<Outcome> later = submit("ada", null, ada, SPEND);
        loop.run();
        assertThat(later.result()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void shouldAnswerARepetitionAlsoWhenTheAllowanceIsUsedUp() {
        lane = lane(settings(100, 100, new RateLimits(null, new RateLimits.Limit(1, 60))));
        credit("ada", 100);
        Authority ada = new Authority.Caller("ada", Set.of());
        OpKey key = OpKey.ofClient("ada", "k", "f");
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Future<Outcome> answer = submit("ada", key, ada, SPEND);
            loop.run();
            outcomes.add(answer.result());
        }
        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.getLast()).isInstanceOfSatisfying(Outcome.Done.class,
                again -> assertThat(again.replayed()).isTrue());
    }

    @Test
    void shouldRefuseAStrangerWhateverItAsks() {
        credit("ada", 100);
        Authority eve = new Authority.Caller("eve", Set.of());
        for (Command command : List.of(SPEND, LOOK, new Command.ReleaseHold("h", Memo.NONE))) {
            Future<Outcome> answer = submit("ada", null, eve, command);
            loop.run();
            assertThat(answer.result()).isEqualTo(new Outcome.Refused(new Refusal.NotAllowed(), null));
        }
        int before = journal.loads();
        assertThat(submit("cold", null, eve, LOOK).result()).isInstanceOf(Outcome.Refused.class);
        assertThat(journal.loads()).isEqualTo(before);
    }

    @Test
    void shouldSendAwayWhatItDoesNotOwnAnyMore() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> underWay = submit("w", SPEND);
        loop.run();
        Future<Outcome> waiting = submit("w", SPEND);
        term = Ownership.NONE;
        lane.ownershipChanged();
        assertThat(waiting.result()).isEqualTo(new Outcome.Moved());
        assertThat(submit("w", SPEND).result()).isEqualTo(new Outcome.Moved());
        journal.release();
        loop.run();
        assertThat(underWay.result()).isInstanceOf(Outcome.Done.class);
        loop.pass(Duration.ofSeconds(1));
        assertThat(lane.wallets()).isZero();
    }

    /** The cluster changes on a thread of its own, also between two questions about it. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldAnswerEachOnceWheneverOwnershipChanges(boolean inMemory, boolean forGood) {
        List.of("a", "b", "c").forEach(wallet -> credit(wallet, 100));
        List<Future<Outcome>> spends = new ArrayList<>();
        for (int question = 0; question < 12; question++) {
            lane = lane(settings(100, 1_000, RateLimits.OFF));
            if (inMemory) {
                List.of("a", "b", "c").forEach(wallet -> assertThat(balance(wallet)).isPositive());
                journal.hold();
                spends.add(submit("c", SPEND));
                loop.run();
            } else {
                journal.failLoads(true);
            }
            List.of("a", "b").forEach(wallet -> spends.add(submit(wallet, SPEND)));
            loop.run();
            loseOwnershipAt(question, forGood);
            lane.ownershipChanged();
            onAskedForTerm = () -> {
            };
            lane.ownershipChanged();
            term = 1;
            journal.failLoads(false);
            journal.release();
            loop.pass(Duration.ofSeconds(1));
            assertThat(spends).as("lost at question %d", question).allMatch(Future::isComplete);
        }
        long done = spends.stream().filter(spend -> spend.result() instanceof Outcome.Done).count();
        assertThat(balance("a") + balance("b") + balance("c")).isEqualTo(300 - done);
    }

    private void loseOwnershipAt(int question, boolean forGood) {
        AtomicInteger asked = new AtomicInteger();
        onAskedForTerm = () -> {
            int number = asked.getAndIncrement();
            term = number == question || (forGood && number > question) ? Ownership.NONE : 1;
        };
    }

    private long balance(String wallet) {
        return ((Outcome.Seen) call(wallet, LOOK)).wallet().balance();
    }

    /** A wallet that was just read goes first, and says nothing of how long the others wait. */
    @Test
    void shouldSeeACrowdBehindWalletsThatWereJustRead() {
        lane = lane(new LaneSettings(10_000, 32 << 20, Duration.ofMillis(200), 32, 1 << 20, Duration.ofSeconds(4),
                Duration.ofMinutes(10), 1_000, 1_000, RateLimits.OFF, Terms.FREE));
        credit("w", 100_000);
        List<Future<Outcome>> answers = new ArrayList<>();
        journal.hold();
        for (int batch = 0; batch < 300; batch++) {
            for (int i = 0; i < 40; i++) {
                answers.add(submit("w", SPEND));
            }
            submit("cold-" + batch, LOOK).onFailure(AssertionError::new);
            loop.pass(Duration.ofMillis(10));
            journal.release();
            journal.hold();
            loop.run();
        }
        assertThat(answers).filteredOn(Future::isComplete)
                .anyMatch(answer -> answer.result().equals(new Outcome.Unavailable(Outcome.Reason.OVERLOADED, 1)));
    }

    /** Its owner may not have heard yet that it is written, and then still shows the wallet as it was before. */
    @Test
    void shouldNotTellWhatTheJournalSaysOfAKeyWhenItIsNotSureToBeTheOwner() {
        credit("w", 100);
        OpKey key = OpKey.ofClient("w", "k", "f");
        Lane before = lane;
        lane = lane(settings(100, 1_000, RateLimits.OFF));
        assertThat(call("w", key, SPEND)).isInstanceOf(Outcome.Done.class);
        lane = before;
        sure = false;
        assertThat(call("w", key, SPEND)).isEqualTo(new Outcome.Moved());
        sure = true;
        assertThat(call("w", key, SPEND)).isInstanceOfSatisfying(Outcome.Done.class,
                done -> assertThat(done.replayed()).isTrue());
    }

    @Test
    void shouldNotTellThatARefusedKeyWasUsedWhenItIsNotSureToBeTheOwner() {
        credit("w", 100);
        OpKey key = OpKey.ofClient("w", "k", "f");
        Command all = new Command.Spend(100, Memo.NONE);
        Lane before = lane;
        lane = lane(settings(100, 1_000, RateLimits.OFF));
        assertThat(call("w", key, all)).isInstanceOf(Outcome.Done.class);
        lane = before;
        journal.holdKeys();
        Future<Outcome> refused = submit("w", key, new Authority.House(), new Command.Spend(101, Memo.NONE));
        loop.run();
        sure = false;
        journal.answerKeys();
        loop.run();
        assertThat(refused.result()).isEqualTo(new Outcome.Moved());
    }

    @Test
    void shouldReadAgainWhatItOwnedInAnEarlierTerm() {
        credit("w", 100);
        int before = journal.loads();
        term = 2;
        assertThat(call("w", LOOK)).isInstanceOf(Outcome.Seen.class);
        assertThat(journal.loads()).isEqualTo(before + 1);
    }

    @Test
    void shouldTakeAWalletOverFromAnOwnerWhoMayStillWrite() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> late = submit("w", new Command.Credit(5, LotSource.PROMO, null, Memo.NONE));
        Future<Outcome> lateToo = submit("new", new Command.Credit(5, LotSource.PROMO, null, Memo.NONE));
        loop.run();
        fresh = true;
        Lane former = lane;
        lane = lane(settings(100, 1_000, RateLimits.OFF));
        assertThat(call("w", LOOK)).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(100));
        assertThat(call("new", LOOK)).isInstanceOf(Outcome.Seen.class);
        term = Ownership.NONE;
        former.ownershipChanged();
        journal.release();
        loop.pass(Duration.ofSeconds(1));
        assertThat(List.of(late.result(), lateToo.result())).containsOnly(new Outcome.Moved());
        term = 1;
        assertThat(call("w", new Command.Spend(101, Memo.NONE)))
                .isEqualTo(new Outcome.Refused(new Refusal.InsufficientFunds(100, 101), null));
    }

    @Test
    void shouldNotTakeTheAnswerToAnEarlierReadForThatOfALaterOne() {
        credit("w", 100);
        lane = lane(settings(100, 1_000, RateLimits.OFF));
        journal.holdLoads();
        Future<Outcome> impatient = submit("w", LOOK);
        loop.pass(Duration.ofSeconds(5));
        assertThat(impatient.result()).isInstanceOf(Outcome.Unavailable.class);
        Future<Outcome> spend = submit("w", new Command.Spend(60, Memo.NONE));
        journal.answerLoad(1);
        loop.run();
        assertThat(spend.result()).isInstanceOf(Outcome.Done.class);
        journal.answerLoad(0);
        loop.run();
        assertThat(call("w", new Command.Spend(60, Memo.NONE)))
                .isEqualTo(new Outcome.Refused(new Refusal.InsufficientFunds(40, 60), null));
    }

    @Test
    void shouldNotTakeAnOldAnswerForWhatIsAskedNow() {
        credit("w", 100);
        lane = lane(settings(100, 1_000, RateLimits.OFF));
        journal.holdLoads();
        assertThat(submit("w", LOOK).isComplete()).isFalse();
        loop.pass(Duration.ofSeconds(5));
        Future<Outcome> spend = submit("w", new Command.Spend(60, Memo.NONE));
        journal.answerLoad(1);
        loop.run();
        assertThat(spend.result()).isInstanceOf(Outcome.Done.class);
        loop.pass(Duration.ofMinutes(11));
        Future<Outcome> look = submit("w", LOOK);
        journal.answerLoad(0);
        loop.run();
        assertThat(look.isComplete()).isFalse();
        journal.answerLoad(2);
        loop.run();
        assertThat(look.result()).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(40));
    }

    @Test
    void shouldNotTrustWhatItReadBeforeItsOwnWriteWasThere() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> spend = submit("w", new Command.Spend(60, Memo.NONE));
        loop.run();
        term = 2;
        int before = journal.loads();
        Future<Outcome> look = submit("w", LOOK);
        loop.run();
        assertThat(journal.loads()).isEqualTo(before + 1);
        journal.release();
        loop.run();
        assertThat(spend.result()).isInstanceOf(Outcome.Done.class);
        assertThat(look.result()).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(40));
    }

    /** A repetition learns from the journal what the lane has not heard yet: that its own commit has been carried out. */
    @Test
    void shouldReadAgainWhatWasOnItsWayWhenItsOwnWriteCameTrue() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> spend = submit("w", new Command.Spend(60, Memo.NONE));
        loop.run();
        term = 2;
        journal.holdLoads();
        Future<Outcome> look = submit("w", LOOK);
        loop.run();
        journal.release();
        loop.run();
        assertThat(spend.result()).isInstanceOf(Outcome.Done.class);

        journal.answerLoad(0);
        loop.run();
        assertThat(look.isComplete()).as("told what was read before the write").isFalse();
        journal.answerLoad(1);
        loop.run();
        assertThat(look.result()).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().balance()).isEqualTo(40));
    }

    @Test
    void shouldNotShowLessThanARepetitionWasAnswered() {
        credit("w", 1);
        OpKey key = OpKey.ofClient("someone", "key", "same");
        Command five = new Command.Spend(5, Memo.NONE);
        journal.holdKeys();
        Future<Outcome> refusedAtFirst = submit("w", key, new Authority.House(), five);
        loop.run();
        credit("w", 10);
        journal.holdAnswers();
        Future<Outcome> accepted = submit("w", key, new Authority.House(), five);
        loop.run();
        journal.answerKeys();
        assertThat(refusedAtFirst.result()).isInstanceOfSatisfying(Outcome.Done.class,
                done -> assertThat(done.receipt().version()).isEqualTo(3));
        assertThat(accepted.isComplete()).isFalse();
        Future<Outcome> look = submit("w", LOOK);
        loop.run();
        journal.release();
        loop.run();
        assertThat(accepted.result()).isInstanceOf(Outcome.Done.class);
        assertThat(look.result()).isInstanceOfSatisfying(Outcome.Seen.class,
                seen -> assertThat(seen.wallet().version()).isEqualTo(3));
    }

    @Test
    void shouldDecideInTheOrderInWhichTheyCameThoughTheWalletIsReadAgainInBetween() {
        credit("w", 10);
        journal.hold();
        Future<Outcome> keepsBusy = submit("other", new Command.Credit(1, LotSource.PROMO, null, Memo.NONE));
        loop.run();
        Future<Outcome> first = submit("w", new Command.Spend(7, Memo.NONE));
        loop.run();
        term = 2;
        Future<Outcome> second = submit("w", new Command.Spend(5, Memo.NONE));
        loop.run();
        journal.release();
        loop.run();
        assertThat(keepsBusy.result()).isInstanceOf(Outcome.Done.class);
        assertThat(first.result()).isInstanceOf(Outcome.Done.class);
        assertThat(second.result()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void shouldNotSpinWhenReadsFailAtOnce() {
        journal.failLoads(true);
        Future<Outcome> look = submit("w", LOOK);
        loop.run();
        assertThat(look.isComplete()).isFalse();
        assertThat(journal.loads()).isEqualTo(1);
        journal.failLoads(false);
        loop.pass(Duration.ofSeconds(1));
        assertThat(look.result()).isInstanceOf(Outcome.Seen.class);
    }

    @Test
    void shouldGoOnWhenACallerFailsInItsAnswer() {
        credit("w", 100);
        List<Outcome> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submit("w", SPEND).onSuccess(answers::add).onSuccess(done -> {
                throw new IllegalStateException("a bug of the caller's");
            }).onFailure(AssertionError::new);
        }
        loop.run();
        assertThat(answers).hasSize(3).allMatch(Outcome.Done.class::isInstance);
        assertThat(call("w", SPEND)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void shouldAnswerWhatItTookInBeforeItIsDrained() {
        credit("w", 100);
        journal.hold();
        Future<Outcome> underWay = submit("w", SPEND);
        loop.run();
        Future<Outcome> waiting = submit("w", SPEND);
        Future<Void> drained = lane.drain();
        assertThat(submit("w", SPEND).result()).isEqualTo(new Outcome.Unavailable(Outcome.Reason.DRAINING, 1));
        assertThat(drained.isComplete()).isFalse();
        journal.release();
        loop.run();
        assertThat(drained.isComplete()).isTrue();
        assertThat(List.of(underWay.result(), waiting.result())).allMatch(Outcome.Done.class::isInstance);
    }

    @Test
    void shouldTakeInWhatACallerSendsFromWithinAnAnswer() {
        credit("w", 100);
        List<Outcome> answers = new ArrayList<>();
        journal.hold();
        for (int i = 0; i < 3; i++) {
            submit("w", SPEND).onSuccess(first -> submit("w", SPEND).onSuccess(answers::add))
                    .onFailure(AssertionError::new);
        }
        loop.pass(Duration.ofSeconds(5));
        journal.release();
        loop.pass(Duration.ofSeconds(1));
        assertThat(answers).hasSize(3).allMatch(Outcome.Done.class::isInstance);
    }
}
