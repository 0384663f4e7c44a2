package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.Reads;
import dev.purser.journal.Accounts;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

class DemoUsersTest {

    private final Vertx vertx = Vertx.vertx();
    private final Reads reads = TestDatabase.create().reads(vertx);
    private final Accounts accounts = new Accounts(reads);
    private final List<Operation> sent = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        reads.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveAliceTokensUnderALastingKey() throws Exception {
        welcome(new Outcome.Done(new Receipt(1, 1_000, 0, 0, Status.ACTIVE, List.of(), null), false, null));
        welcome(new Outcome.Done(new Receipt(1, 1_000, 0, 0, Status.ACTIVE, List.of(), null), true, null));

        assertThat(sent).hasSize(2);
        assertThat(sent).extracting(Operation::walletId).containsOnly("alice");
        assertThat(sent).extracting(Operation::key)
                .containsOnly(new OpKey("sandbox:welcome:alice", "credit 1000", true));
        assertThat(sent).extracting(Operation::command).allSatisfy(
                command -> assertThat(command).isInstanceOf(Command.Credit.class));
    }

    @Test
    void shouldMakeCarolACreator() throws Exception {
        welcome(new Outcome.Done(new Receipt(1, 1_000, 0, 0, Status.ACTIVE, List.of(), null), false, null));

        Future<Optional<Accounts.Account>> carol = accounts.find("carol");
        assertThat(carol.await(5, TimeUnit.SECONDS))
                .hasValueSatisfying(account -> assertThat(account.isCreator()).isTrue());
    }

    @Test
    void shouldSayIfAliceWasNotCredited() {
        assertThatThrownBy(() -> welcome(new Outcome.KeyReused()))
                .hasMessageContaining("Expected alice to be credited");
    }

    private void welcome(Outcome outcome) throws Exception {
        Future<Void> welcomed = new DemoUsers(operation -> {
            sent.add(operation);
            return Future.succeededFuture(outcome);
        }, accounts).welcome();
        welcomed.await(5, TimeUnit.SECONDS);
    }
}
