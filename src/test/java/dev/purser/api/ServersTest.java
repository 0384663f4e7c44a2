package dev.purser.api;

import java.util.Optional;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.purser.journal.Reads;
import dev.purser.api.contract.Contract;
import dev.purser.api.tokens.TokenMemory;
import dev.purser.api.tokens.TokenSettings;
import dev.purser.api.tokens.TokenVerifier;
import dev.purser.journal.Accounts;
import dev.purser.journal.Purchases;
import dev.purser.journal.Reports;
import dev.purser.lane.Outcome;
import dev.purser.lane.Outcome.Reason;
import dev.purser.support.Defaults;
import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

class ServersTest {

    @Test
    void shouldShareAPortAndLetItGo() {
        Vertx vertx = Vertx.vertx();
        Reads reads = TestDatabase.create().reads(vertx);
        ApiServer first = server(vertx, reads, -1);
        int port = ApiFixture.await(first.listen());
        ApiServer second = server(vertx, reads, -1);
        assertThat(ApiFixture.await(second.listen())).isEqualTo(port);
        ApiFixture.await(first.shutdown(Duration.ofSeconds(1)));
        ApiFixture.await(second.shutdown(Duration.ofSeconds(1)));
        ApiServer third = server(vertx, reads, port);
        assertThat(ApiFixture.await(third.listen())).isEqualTo(port);
        ApiFixture.await(vertx.close());
    }

    private static ApiServer server(Vertx vertx, Reads reads, int port) {
        ApiRooms rooms = new ApiRooms(
                _ -> Future.succeededFuture(new Outcome.Unavailable(Reason.DRAINING, 1)),
                new Reports(reads), new Accounts(reads), Defaults.CATALOG, Defaults.NO_TILL,
                new Purchases(reads), ApiMeter.NONE, Map.of(),
                _ -> Future.succeededFuture(Optional.empty()), ApiFixture.NO_CLUSTER);
        Contract contract = Contract.load();
        return new ApiServer(vertx, contract, ApiSettings.of("127.0.0.1", port), TokenVerifier.of(vertx,
                new TokenSettings(new TokenSettings.Secret(TestTokens.SECRET), null, null), contract.walletIds(),
                new TokenMemory()),
                rooms);
    }
}
