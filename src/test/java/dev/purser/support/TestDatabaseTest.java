package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void shouldBeDurable() throws Exception {
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement
                        .executeQuery("""
                                select current_setting('fsync') || current_setting('synchronous_commit')
                                    || current_setting('full_page_writes'), current_setting('server_version')""")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("ononon");
            assertThat(rows.getString(2)).startsWith("17");
        }
    }
}
