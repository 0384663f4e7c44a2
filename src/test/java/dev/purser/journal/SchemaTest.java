package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import dev.purser.support.FreePorts;
import dev.purser.support.TestDatabase;

class SchemaTest {

    @Test
    void shouldKeepWhatWasSentBeforeThereWereParcels() {
        TestDatabase tables = TestDatabase.empty();
        Flyway.configure().dataSource("jdbc:" + tables.url().replace("postgres@", ""), "postgres", null)
                .locations("classpath:db/migration").target("16").load().migrate();
        tables.execute("""
                insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots)
                select id, 4, 1, 0, 0, 0, 'active', 0, 0, 0, '[]' from unnest(array['ada', 'bob']) id""");
        tables.execute(
                """
                        insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, transfer_id, created_at)
                        values ('ada', 1, 'tip', -1, 0, 0, 9, 'op_1', 'tr_1', now()),
                               ('ada', 2, 'spend', -1, 0, 0, 8, 'op_2', null, now()),
                               ('ada', 3, 'return', 1, 0, 0, 9, 'op_3', 'tr_1', now()),
                               ('ada', 4, 'gift', -1, 0, 0, 8, 'op_4', 'tr_2', now()),
                               ('bob', 1, 'gift', 1, 0, 0, 1, 'op_5', 'tr_2', now());
                        insert into transfers (to_wallet, id, from_wallet, kind, amount, channel, message, lots, created_at, returned_at)
                        values ('bob', 'tr_1', 'ada', 'tip', 1, 'stage', 'Well done', '[{"amount": 1}]', now(), now()),
                               ('bob', 'call_1.12', 'ada', 'call', 7, 'call_1', null, '[]', now(), null)""");

        Schema.migrate(tables.url());

        assertThat(tables.texts("select concat_ws(' ', wallet_id, seq, sent_before) from entries where sent_before >= 0"
                + " order by wallet_id, seq")).containsExactly("ada 1 0", "ada 4 1");
        assertThat(tables.texts("select concat_ws(' ', id, last_sent) from wallets order by id"))
                .containsExactly("ada 4", "bob 0");
        assertThat(
                tables.texts("select concat_ws(' ', to_wallet, id, from_wallet, kind, amount, channel, message, lots,"
                        + " in_post) from transfers order by id"))
                .containsExactly(
                        "bob call_1.12 ada call 7 call_1 [] t",
                        "bob tr_1 ada tip 1 stage Well done [{\"amount\": 1}] f");
        assertThatThrownBy(() -> tables.execute("update entries set amount = 0")).hasRootCauseMessage(
                "ERROR: Expected entries to be append-only, but met UPDATE\n  Where: PL/pgSQL function refuse_change() line 3 at RAISE");
    }

    @Test
    void shouldNotTellThePasswordWhenItSaysWhatItWaitsFor() {
        List<String> said = new ArrayList<>();
        int nobody = FreePorts.next();
        String url = "postgresql://purser:hunter2@127.0.0.1:" + nobody + "/purser?password=hunter3";

        assertThatThrownBy(() -> Schema.migrateWhenReachable(url, why -> {
            said.add(why);
            throw new IllegalStateException("enough");
        })).hasMessage("enough");

        assertThat(said).singleElement().satisfies(why -> assertThat(why)
                .contains("Expected PostgreSQL at 127.0.0.1:" + nobody).doesNotContain("hunter"));
    }
}
