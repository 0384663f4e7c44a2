package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Status;

class RecentKeysTest {

    private static final int LIMIT = 100;

    private final RecentKeys keys = new RecentKeys(LIMIT);

    private static StoredReply reply(int metadata) {
        Entry entry = new Entry(1, EntryKind.SPEND, -1, 0, 0, 0, Instant.EPOCH, Memo.of(null, "x".repeat(metadata)));
        return new StoredReply("f", new Receipt(1, 0, 0, 0, Status.ACTIVE, List.of(entry), null));
    }

    private long known() {
        return IntStream.range(0, 1_000).filter(i -> keys.find("w", "k" + i) != null).count();
    }

    @Test
    void shouldForgetTheOldestBeyondItsNumber() {
        for (int i = 0; i < 300; i++) {
            keys.remember("w", "k" + i, reply(10));
        }
        assertThat(known()).isEqualTo(LIMIT);
        assertThat(keys.find("w", "k299")).isNotNull();
    }

    @Test
    void shouldKeepFewerWhenTheyAreLarge() {
        for (int i = 0; i < 300; i++) {
            keys.remember("w", "k" + i, reply(4_096));
        }
        assertThat(known()).isEqualTo(LIMIT * 1_024 / (4_096 + 512));
        for (int i = 0; i < 300; i++) {
            keys.remember("w", "same", reply(4_096));
        }
        assertThat(keys.find("w", "k299")).isNotNull();
    }
}
