package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.purser.support.OwnsAll;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** A commit without an answer, over an outage of any length. */
class CommitsTest {

    private static final int TRIES = 20_000;

    private final ManualLoop loop = new ManualLoop();
    private int tries;

    private final Journal journal = new Journal() {
        @Override
        public Future<List<Stored>> load(List<String> walletIds) {
            return Future.failedFuture("not asked here");
        }

        @Override
        public Future<List<Stored>> claim(List<String> walletIds) {
            return Future.failedFuture("not asked here");
        }

        @Override
        public Future<Written> commit(Batch batch) {
            return Future.succeededFuture(new Written.Unknown(new IllegalStateException("no answer")));
        }

        @Override
        public Future<Set<String>> settle(Batch batch) {
            tries++;
            return tries < TRIES ? Future.failedFuture("still gone") : Future.succeededFuture(Set.of("w"));
        }

        @Override
        public Future<List<Taken>> findKeys(List<KeyName> keys) {
            return Future.failedFuture("not asked here");
        }
    };

    @Test
    void shouldFindOutAtLastHoweverOftenItHasToAsk() {
        Turn turn = new Turn(new Actor(Wallet.empty("w"), 1, 1, loop.now()), Terms.FREE);
        Commits commits = new Commits(journal, loop, LaneMeter.NONE);
        Future<List<Fate>> fates = commits.commit(List.of(turn), OwnsAll.FOR_EVER);
        assertThat(commits.isSettling()).isTrue();
        loop.pass(Duration.ofHours(2));
        assertThat(tries).isEqualTo(TRIES);
        assertThat(fates.result()).containsExactly(new Fate.FoundOut(turn, true));
        assertThat(commits.isSettling()).isFalse();
    }
}
