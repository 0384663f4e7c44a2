package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;

class DatabaseTest {

    private final TestDatabase tables = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    /** Or else PostgreSQL would end one that was forgotten, and whoever looks at the log would wonder. */
    @Test
    void shouldCloseWhatItHasOpened() {
        Database database = new Database(vertx, Defaults.database(tables.url()));
        LaneRig.await(database.ping());
        assertThat(LaneRig.await(database.weaknesses())).isNotNull();
        assertThat(connections()).isEqualTo(2);
        LaneRig.await(database.close());
        await().until(() -> connections() == 0);
    }

    private long connections() {
        return tables.number("select count(*) from pg_stat_activity "
                + "where application_name = 'purser' and datname = current_database()");
    }
}
