package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.support.TestDatabase;

/** What the tables themselves refuse, whatever a lane has decided. */
class TableChecksTest {

    private static final String WALLET = """
            insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots)
            values ('ada', 1, 1, 100, 40, 0, 'active', 100, 0, 0, '[]')""";
    private static final String ENTRY = """
            insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at, cents, earned)
            values ('ada', $seq, 'tip', 100, 0, 0, $after, 'op', now(), $cents, $earned)""";

    private final TestDatabase tables = TestDatabase.create();

    @ParameterizedTest
    @ValueSource(strings = {"version = -1", "epoch = 0", "balance = -1, held = 0", "held = -1", "held = 101",
            "debt = -1",
            "balance = 9223372036854775807, held = -9223372036854775808"})
    void shouldRefuseAWalletThatCannotBe(String change) {
        tables.execute(WALLET);
        tables.execute("update wallets set balance = 40");
        tables.execute("update wallets set balance = 100");
        assertThatThrownBy(() -> tables.execute("update wallets set " + change))
                .rootCause().hasMessageMatching("(?s).*(wallets_check|out of range).*");
    }

    @Test
    void shouldRefuseAnEntryThatCannotBe() {
        tables.execute(entry("1", "0", "null", "null"));
        tables.execute(entry("2", "100", "50", "100"));
        for (String wrong : new String[]{entry("0", "0", "null", "null"), entry("3", "-1", "null", "null"),
                entry("3", "0", "-1", "100"), entry("3", "0", "1", "99")}) {
            assertThatThrownBy(() -> tables.execute(wrong)).rootCause().hasMessageContaining("entries_check");
        }
    }

    private static String entry(String seq, String after, String cents, String earned) {
        return ENTRY.replace("$seq", seq).replace("$after", after).replace("$cents", cents)
                .replace("$earned", earned);
    }
}
