package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class StandInTableTest {

    private final StandInTable table = new StandInTable("thing");

    @Test
    void shouldLetTheEldestGiveWay() {
        for (int i = 0; i <= StandInTable.MOST; i++) {
            table.put(new JsonObject().put("id", "thing_" + i).put("created", i));
        }

        assertThat(table.all()).hasSize(StandInTable.MOST);
        assertThat(table.find("thing_0")).isNull();
        assertThat(list(Map.of("limit", "1")).body().getJsonArray("data").getJsonObject(0).getString("id"))
                .isEqualTo("thing_" + StandInTable.MOST);
        assertThat(list(Map.of("starting_after", "thing_1")).body().getJsonArray("data")).isEmpty();
        assertThat(list(Map.of("starting_after", "thing_0")).status()).as("says that some may be missing")
                .isEqualTo(400);
        assertThat(list(Map.of("ending_before", "thing_0")).status()).isEqualTo(400);
    }

    @Test
    void shouldListNothingWhereThereIsNothing() {
        StandInAnswer empty = list(Map.of());

        assertThat(empty.body().getJsonArray("data")).isEqualTo(new JsonArray());
        assertThat(empty.body().getBoolean("has_more")).isFalse();
    }

    private StandInAnswer list(Map<String, String> params) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        params.forEach(form::add);
        return table.list(new StandInRoutes.Call("/v1/things", "", new StandInForm(form)));
    }
}
