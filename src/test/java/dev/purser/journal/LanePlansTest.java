package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.purser.journal.BatchStatement.Part;
import dev.purser.support.TestDatabase;

/**
 * How PostgreSQL would carry a lane's statements out, for whatever values, when it has just seen that the tables are empty.
 * A plan that reads a whole table is quick then, and is kept while the table fills: for a minute, or a million keys.
 */
class LanePlansTest {

    private static final List<String> AS_A_LANE = List.of("vacuum analyze", "set enable_seqscan = off",
            "set enable_hashjoin = off",
            "set enable_mergejoin = off", "set plan_cache_mode = force_generic_plan");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

    @Test
    void usedKeysAreLookedUpOneByOne() throws SQLException {
        usedKeysAreLookedUpOneByOne(
                plan(BatchStatement.of(EnumSet.of(Part.SEVERAL_WALLETS, Part.KEYS, Part.USED_KEYS))));
        usedKeysAreLookedUpOneByOne(plan(BatchStatement.of(EnumSet.of(Part.KEYS, Part.USED_KEYS))));
    }

    private static void usedKeysAreLookedUpOneByOne(List<String> plan) {
        assertThat(plan).anyMatch(
                line -> line.contains("Index Cond") && line.contains("wallet_id") && line.contains("op_key"));
    }

    @Test
    void walletsAreLookedUpOneByOne() throws SQLException {
        for (Set<Part> parts : List.of(EnumSet.of(Part.SEVERAL_WALLETS),
                EnumSet.of(Part.SEVERAL_WALLETS, Part.SEVERAL_ENTRIES, Part.OWNERS))) {
            assertThat(plan(BatchStatement.of(parts)))
                    .anyMatch(line -> line.contains("Index Cond: (id = ANY (ARRAY[n.id]))"));
        }
    }

    @Test
    void aWalletAloneIsLookedUpAndNothingElseIsAsked() throws SQLException {
        for (Set<Part> parts : List.of(EnumSet.noneOf(Part.class), EnumSet.of(Part.SEVERAL_ENTRIES))) {
            assertThat(plan(BatchStatement.of(parts)))
                    .anyMatch(line -> line.contains("Index Cond: (id = ANY (ARRAY[$1]))"))
                    .noneMatch(line -> line.contains("Nested Loop"));
        }
    }

    @Test
    void parcelsAreLookedUpOneByOne() throws SQLException {
        parcelsAreLookedUpOneByOne(plan(BatchStatement.of(EnumSet.allOf(Part.class))));
        parcelsAreLookedUpOneByOne(
                plan(BatchStatement.of(EnumSet.complementOf(EnumSet.of(Part.SEVERAL_WALLETS, Part.OWNERS)))));
    }

    private static void parcelsAreLookedUpOneByOne(List<String> plan) {
        assertThat(plan.stream().filter(line -> line.contains("Index Cond")
                && line.contains("to_wallet = ANY (ARRAY[") && line.contains("(id = ANY (ARRAY[")))
                .as("to see whether something waits in them, likewise for what goes back, and to take it back")
                .hasSize(3);
        assertThat(plan.stream().filter(line -> line.matches(".*TID Cond: .ctid = t(_\\d)?.spot.*")))
                .as("to take something in, and all").hasSize(2);
    }

    @Test
    void walletsAndTheirPostAreReadOneByOne() throws SQLException {
        assertThat(plan(StoredWallets.LOAD)).anyMatch(line -> line.contains("Index Cond: (id = ANY (ARRAY["))
                .anyMatch(line -> line.contains("Index Cond: (to_wallet = ANY (ARRAY["))
                .anyMatch(line -> line.contains("wallet_id = ANY (ARRAY[w.id])")
                        && line.contains("(seq = ANY (ARRAY[w.last_sent]"))
                .anyMatch(line -> line.contains("wallet_id = ANY (ARRAY[w.id])")
                        && line.contains("(seq = ANY (ARRAY[s.sent_before]"));
    }

    @Test
    void whatWasWrittenIsFoundOneByOne() throws SQLException {
        assertThat(plan(PgJournal.WRITTEN)).anyMatch(
                line -> line.contains("Index Cond") && line.contains("wallet_id") && line.contains("seq"));
    }

    @Test
    void keysAreFoundOneByOne() throws SQLException {
        assertThat(plan(PgJournal.FIND_KEYS)).anyMatch(
                line -> line.contains("Index Cond") && line.contains("wallet_id") && line.contains("op_key"))
                .anyMatch(line -> line.contains("Index Cond: ((to_wallet = ANY (ARRAY[")
                        && line.contains("(id = ANY (ARRAY[split_part"));
    }

    private static List<String> plan(String sql) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement()) {
            for (String setting : AS_A_LANE) {
                statement.execute(setting);
            }
            statement.execute("prepare batch as " + sql);
            int parameters = PLACEHOLDER.matcher(sql).results().mapToInt(each -> Integer.parseInt(each.group(1))).max()
                    .orElse(0);
            try (ResultSet lines = statement.executeQuery("explain (costs off) execute batch ("
                    + String.join(", ", Collections.nCopies(parameters, "null")) + ")")) {
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
            }
        }
        return plan;
    }
}
