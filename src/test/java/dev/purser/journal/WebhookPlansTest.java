package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.purser.support.TestDatabase;

/** How PostgreSQL finds a page of events among those of years, by a plan that is made without a look at the values. */
class WebhookPlansTest {

    private static final List<String> AS_A_READER_OF_MANY = List.of("set enable_seqscan = off",
            "set enable_bitmapscan = off", "set plan_cache_mode = force_generic_plan");

    @Test
    void pagesOfAllAreReadInTheOrderOfAnIndex() throws SQLException {
        assertThat(plan(WebhookReports.PAGE_OF_ALL, "null, '', 50")).noneMatch(line -> line.contains("Sort"))
                .anyMatch(line -> line.contains("Index Scan Backward using webhook_events_age"))
                .anyMatch(line -> line.contains("Index Cond: (ROW(received_at, event_id) < "));
    }

    @Test
    void pagesOfOneOutcomeAreReadInTheOrderOfAnIndex() throws SQLException {
        assertThat(plan(WebhookReports.PAGE_OF_ONE_OUTCOME, "null, '', 50, 'parked'"))
                .noneMatch(line -> line.contains("Sort"))
                .anyMatch(line -> line.contains("Index Scan Backward using webhook_events_outcome"))
                .anyMatch(line -> line.contains("Index Cond: ((outcome = $4) AND (ROW(received_at, event_id) < "));
    }

    private static List<String> plan(String sql, String values) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement()) {
            for (String setting : AS_A_READER_OF_MANY) {
                statement.execute(setting);
            }
            statement.execute("prepare page as " + sql);
            try (ResultSet lines = statement.executeQuery("explain (costs off) execute page (" + values + ")")) {
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
            }
        }
        return plan;
    }
}
