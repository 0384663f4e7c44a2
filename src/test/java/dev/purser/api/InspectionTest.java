package dev.purser.api;

import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.purser.cluster.ClusterReport;
import dev.purser.cluster.LaneReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an admin finds and sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectionTest {

    private final ApiFixture api = new ApiFixture();

    @AfterAll
    void end() {
        api.close();
    }

    @Test
    void shouldFindWalletsByHowTheyBeginAndByWhatTheyBought() {
        for (String wallet : List.of("user_1", "user_10", "user_2", "userX1", "zoe")) {
            api.credit(wallet, 5);
        }
        // As a fence leaves it where there is no wallet yet.
        api.database.execute(
                "insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned,"
                        + " lots) values ('user_0', 0, 1, 0, 0, 0, 'active', 0, 0, 0, '[]')");
        api.database.execute(paid("pi_found", "zoe") + """
                insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status)
                values ('cs_found', 'user_1', 'user_2', 'small', 500, 0, 499, 'usd', 'open')""");

        assertThat(found("user_1")).containsExactly("user_1", "user_10");
        assertThat(found("user")).containsExactlyInAnyOrder("user_1", "user_10", "user_2", "userX1");
        assertThat(found("user&limit=2")).hasSize(2);
        assertThat(found("user_")).as("no wildcard").doesNotContain("userX1");
        assertThat(found("USER")).isEmpty();
        assertThat(found("pi_found")).containsExactly("zoe");
        assertThat(found("cs_found")).containsExactly("user_2");
        assertThat(api.get("/admin/wallets", "boss", "admin").statusCode()).isEqualTo(400);
        assertThat(api.get("/admin/wallets?find=%25", "boss", "admin").statusCode()).isEqualTo(400);
    }

    private List<String> found(String text) {
        return json(api.get("/admin/wallets?find=" + text, "boss", "admin")).getJsonArray("wallets").stream()
                .map(wallet -> ((JsonObject) wallet).getString("wallet_id")).toList();
    }

    @Test
    void shouldShowWhatThereIsBesideTheLedger() {
        api.credit("kim", 5);
        api.database.execute(paid("pi_kim", "kim")
                + """
                        insert into parcels (to_wallet, id, piece, kind, waiting, returned, places, senders, amounts, channels, messages,
                                             lots, created_at)
                        values ('lee', 't_back', 0, 'tip', 0, 1, '{0}', '{kim}', '{3}', '{null}', '{null}', '{[]}', now()),
                               ('kim', 't_coming', 0, 'tip', 1, 0, '{0}', '{lee}', '{4}', '{null}', '{null}', '{[]}', now()),
                               ('lee', 't_going', 0, 'gift', 1, 0, '{0}', '{kim}', '{6}', '{null}', '{null}', '{[]}',
                                now() - interval '1 hour');
                        insert into webhook_events (provider, event_id, type, payload, payment_intent_id, wallet_id, received_at)
                        values ('stripe', 'evt_by_payment', 'charge.refunded', '{}', 'pi_kim', null, now()),
                               ('stripe', 'evt_by_name', 'payment_intent.created', '{}', 'pi_else', 'kim', now() - interval '1 hour'),
                               ('stripe', 'evt_other', 'charge.refunded', '{}', 'pi_other', null, now());
                        insert into given_on (payment_intent_id, transfer_id, kind, giver, recipient, amount, place, step, room,
                                              aside, taken, created_at, updated_at)
                        values ('pi_kim', 't_given', 'gift', 'kim', 'lee', 5, 1, 1, 5, 3, 2, now(), now())""");

        JsonObject seen = json(api.get("/admin/wallets/kim", "boss", "admin"));

        assertThat(ids(seen.getJsonArray("in_post"), "id")).containsExactly("t_coming", "t_going");
        assertThat(ids(seen.getJsonArray("webhooks"), "id")).containsExactly("evt_by_payment", "evt_by_name");
        assertThat(ids(seen.getJsonArray("payments"), "payment_intent_id")).containsExactly("pi_kim");
        assertThat(seen.getJsonArray("given_on").getJsonObject(0).getLong("set_aside")).isEqualTo(3);
        assertThat(ids(json(api.get("/admin/wallets/lee", "boss", "admin")).getJsonArray("given_on"), "transfer_id"))
                .containsExactly("t_given");
    }

    private static List<String> ids(JsonArray lines, String name) {
        return lines.stream().map(line -> ((JsonObject) line).getString(name)).toList();
    }

    private static String paid(String id, String wallet) {
        return """
                insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, created_at)
                values ('%s', '%s', 'small', 500, 0, 499, 'usd', now());
                """.formatted(id, wallet);
    }

    @Test
    void shouldShowANodeThatSaysNothing() {
        api.cluster = new ClusterReport("here", 1, List.of(
                new ClusterReport.Node("here", true,
                        List.of(new ClusterReport.Lane(0, 200, new LaneReport(1, 2, 30, 4)))),
                new ClusterReport.Node("there", false, List.of(new ClusterReport.Lane(0, 70, null)))));

        JsonArray nodes = json(api.get("/admin/cluster", "boss", "admin")).getJsonArray("nodes");

        JsonObject here = Objects.requireNonNull(nodes.getJsonObject(0));
        assertThat(here.getBoolean("self")).isTrue();
        assertThat(here.getJsonArray("lanes").getJsonObject(0).getLong("operations")).isEqualTo(30);
        JsonObject there = Objects.requireNonNull(nodes.getJsonObject(1));
        assertThat(there.getBoolean("heard")).isFalse();
        assertThat(there.getInteger("partitions")).isEqualTo(70);
        assertThat(there.getJsonArray("lanes").getJsonObject(0).getMap()).containsOnlyKeys("lane", "partitions");
    }
}
