package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.lane.Watcher.Known;
import dev.purser.support.OwnsAll;
import dev.purser.wallet.Allowance;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Status;
import dev.purser.wallet.Terms;
import io.vertx.core.Future;

/** Whoever watches a wallet hears of what is durable, and misses nothing that lasts, whatever gets lost on the way. */
class WatchTest {

    private final ManualLoop loop = new ManualLoop();
    private final MemoryJournal journal = new MemoryJournal();
    private final List<News> heard = new ArrayList<>();
    private final Watcher watcher = heard::addAll;
    private int term = 1;
    private boolean sure = true;
    private final Lane lane = new Lane(loop, journal, new Owner(), new LaneSettings(1_000, 1 << 20,
            Duration.ofMillis(200), 1, 1 << 20, Duration.ofSeconds(4), Duration.ofMillis(500), 10, 10, RateLimits.OFF,
            Terms.FREE), LaneMeter.NONE, Ids::next);

    private final class Owner implements Ownership {
        @Override
        public int term(String walletId) {
            return term;
        }

        @Override
        public boolean isFresh(String walletId) {
            return false;
        }

        @Override
        public boolean isSure(String walletId, int ofTerm) {
            return sure && ofTerm == term;
        }

        @Override
        public Instant writableUntil() {
            return OwnsAll.FOR_EVER;
        }
    }

    private Future<Outcome> submit(Command command) {
        return lane.submit(new Operation(Ids.next(), "w", null, new Authority.House(), command));
    }

    private void credit(long amount) {
        Future<Outcome> answer = submit(new Command.Credit(amount, LotSource.PROMO, null, Memo.NONE));
        loop.run();
        assertThat(answer.result()).isInstanceOf(Outcome.Done.class);
    }

    @CanIgnoreReturnValue
    private List<String> watch(long version) {
        Future<List<String>> elsewhere = lane.watch(watcher, List.of(new Known("w", version)));
        loop.run();
        return elsewhere.result();
    }

    private List<Long> versions() {
        return heard.stream().map(News::version).toList();
    }

    @Test
    void shouldShowAWalletToWhoeverKnowsNothingOfIt() {
        credit(100);
        heard.clear();
        assertThat(watch(Known.NOTHING)).isEmpty();
        assertThat(heard).singleElement().satisfies(news -> {
            assertThat(news.balance()).isEqualTo(100);
            assertThat(news.cause()).isNull();
        });
    }

    @Test
    void shouldShowAWalletThatIsNotInMemory() {
        credit(100);
        loop.pass(Duration.ofSeconds(2));
        assertThat(lane.wallets()).isZero();
        assertThat(watch(Known.NOTHING)).isEmpty();
        assertThat(versions()).containsExactly(1L);
    }

    @Test
    void shouldNotShowWhatIsKnown() {
        credit(100);
        assertThat(watch(1)).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldTellOfAChangeOnceItIsDurableAndNotBefore() {
        credit(100);
        watch(1);
        journal.hold();
        Future<Outcome> spent = submit(new Command.Spend(30, Memo.NONE));
        loop.run();
        assertThat(heard).isEmpty();
        journal.release();
        loop.run();
        assertThat(spent.isComplete()).isTrue();
        assertThat(heard).containsExactly(new News("w", 2, 70, 0, 0, Status.ACTIVE,
                new News.Cause(EntryKind.SPEND, -30, 2), null));
    }

    @Test
    void shouldTellWhatIsLeftOfAnAllowance() {
        watch(Known.NOTHING);
        var _ = submit(new Command.Credit(100, LotSource.ALLOWANCE, null, Memo.NONE));
        var _ = submit(new Command.Spend(85, Memo.NONE));
        loop.run();
        loop.pass(Watchers.REST);
        assertThat(heard.getLast().allowance()).isEqualTo(new Allowance(100, 15));
    }

    @Test
    void shouldTellOfAWalletThatHasLeftMemoryMeanwhile() {
        credit(100);
        watch(1);
        loop.pass(Duration.ofSeconds(2));
        assertThat(lane.wallets()).isZero();
        credit(1);
        assertThat(versions()).containsExactly(2L);
    }

    @Test
    void shouldTellOfABusyWalletNowAndThenAndOfItsLastState() {
        watch(Known.NOTHING);
        heard.clear();
        for (int i = 0; i < 50; i++) {
            credit(1);
        }
        assertThat(heard.size()).isLessThan(3);
        loop.pass(Watchers.REST);
        assertThat(heard.size()).isLessThan(4);
        assertThat(heard.getLast().balance()).isEqualTo(50);
    }

    @Test
    void shouldTellAgainWhatGotLost() {
        credit(100);
        watch(1);
        credit(1);
        heard.clear();
        assertThat(watch(1)).isEmpty();
        loop.pass(Watchers.REST);
        assertThat(versions()).containsExactly(2L);
    }

    @Test
    void shouldTellAgainWhatGotLostOfAWalletThatHasLeftMemory() {
        credit(100);
        watch(1);
        credit(1);
        heard.clear();
        loop.pass(Duration.ofSeconds(2));
        assertThat(watch(1)).isEmpty();
        assertThat(versions()).containsExactly(2L);
    }

    @Test
    void shouldForgetWhoeverDoesNotKeepUp() {
        watch(0);
        loop.pass(Watcher.LEASE.plusSeconds(2));
        credit(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldGoOnForWhoeverKeepsUp() {
        watch(0);
        loop.pass(Watcher.LEASE.minusSeconds(2));
        watch(0);
        loop.pass(Watcher.LEASE.minusSeconds(2));
        credit(1);
        assertThat(versions()).containsExactly(1L);
    }

    @Test
    void shouldNotVouchForWhatItIsNotSureToOwn() {
        credit(100);
        sure = false;
        assertThat(watch(Known.NOTHING)).containsExactly("w");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldLookAnewWhenItHasBecomeTheOwnerAgain() {
        credit(100);
        watch(1);
        term = 2;
        assertThat(watch(0)).isEmpty();
        assertThat(versions()).containsExactly(1L);
    }

    @Test
    void shouldNotVouchForWhatCannotBeRead() {
        journal.failLoads(true);
        Future<List<String>> elsewhere = lane.watch(watcher, List.of(new Known("w", Known.NOTHING)));
        loop.pass(Duration.ofSeconds(10));
        assertThat(elsewhere.result()).containsExactly("w");
        journal.failLoads(false);
        assertThat(watch(Known.NOTHING)).isEmpty();
        assertThat(versions()).containsExactly(0L);
    }

    @Test
    void shouldForgetWhoeverIsGone() {
        watch(0);
        lane.forgetWatchers(watcher::equals);
        credit(1);
        loop.pass(Watchers.REST);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldTellOthersWhenOneWatcherFails() {
        Watcher failing = _ -> {
            throw new IllegalStateException("fails on purpose");
        };
        assertThat(lane.watch(failing, List.of(new Known("w", 0)))).isNotNull();
        watch(0);
        credit(1);
        assertThat(versions()).containsExactly(1L);
    }
}
