package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.management.ThreadMXBean;

import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.support.Seed;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Hold;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Lot;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Scope;
import io.vertx.core.buffer.Buffer;

/** Bytes that no node would send are refused, at a cost that their number bounds. */
@Timeout(60)
class HostileBytesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Formats FORMATS = new Formats();
    private static final Instant TIME = Instant.parse("2026-11-20T10:11:12Z");
    private static final Operation OPERATION = new Operation("op", "wallet", OpKey.ofClient("ann", "key", "print"),
            new Authority.Caller("ann", Set.of(Scope.READ, Scope.ADMIN)), new Command.Spend(5, Memo.of("a", "{}")));
    /** The most that reading a byte may cost, and reading at all (the first refusal of a kind loads classes). */
    private static final long BYTES_PER_BYTE = 500;
    private static final long BYTES_AT_ALL = 1_000_000;

    record Bag(List<Thing> things) {
    }

    record Thing(long number, String text) {
    }

    @Test
    void shouldNotReadTheSameBytesAgainAndAgain() {
        Buffer lie = Buffer.buffer().appendInt(13).appendByte((byte) 1)
                .appendInt(Integer.MAX_VALUE).appendInt(-4).appendInt(-4);
        assertThatThrownBy(() -> read(Bag.class, lie)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 24})
    void shouldNotBelieveCountsAndLengths(int lie) {
        Buffer count = Buffer.buffer().appendInt(5).appendByte((byte) 1).appendInt(lie);
        assertThatThrownBy(() -> read(Bag.class, count)).isInstanceOf(IllegalArgumentException.class);
        Buffer length = Buffer.buffer().appendInt(lie).appendByte((byte) 0);
        assertThatThrownBy(() -> read(Bag.class, length)).isInstanceOf(IllegalArgumentException.class);
        Buffer text = Buffer.buffer().appendInt(14).appendByte((byte) 1).appendLong(1).appendByte((byte) 1)
                .appendInt(lie);
        assertThatThrownBy(() -> read(Thing.class, text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotTakeWhatEveryMessageHasForAbsent() {
        Buffer empty = Buffer.buffer().appendInt(0);
        assertThatThrownBy(() -> WireCodec.of(Operation.class).decodeFromWire(0, empty))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("id");
        Buffer nothing = Buffer.buffer().appendInt(5).appendBytes(new byte[5]);
        assertThatThrownBy(() -> WireCodec.of(Operation.class).decodeFromWire(0, nothing))
                .isInstanceOf(IllegalArgumentException.class);
        Buffer noNumber = Buffer.buffer().appendInt(2).appendBytes(new byte[2]);
        assertThatThrownBy(() -> read(Thing.class, noNumber)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldOutliveAnyLieAtAnyPlace() {
        Buffer operation = Buffer.buffer();
        WireCodec.of(Operation.class).encodeToWire(operation, OPERATION);
        Buffer outcome = Buffer.buffer();
        Lots lots = Lots.of(List.of(new Lot(LotSource.PROMO, TIME, 5), new Lot(LotSource.PURCHASED, null, 7)));
        new Formats().of(Holds.class, Holds.class).write(outcome,
                Holds.of(List.of(new Hold("h", null, TIME, true, lots, null))));
        for (int place = 0; place + 4 <= Math.max(operation.length(), outcome.length()); place++) {
            for (int lie : new int[]{0, 1, -1, -4, -5, -place, 1 << 16, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                if (place + 4 <= operation.length()) {
                    attempt(Operation.class, operation.copy().setInt(place, lie));
                }
                if (place + 4 <= outcome.length()) {
                    attempt(Holds.class, outcome.copy().setInt(place, lie));
                }
            }
        }
    }

    @Test
    void shouldOutliveNoise() {
        Random random = new Random(Seed.take("hostile bytes"));
        Buffer good = Buffer.buffer();
        WireCodec.of(Operation.class).encodeToWire(good, OPERATION);
        for (int i = 0; i < 20_000; i++) {
            Buffer bad = good.copy();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bad.setByte(random.nextInt(bad.length()), (byte) random.nextInt(256));
            }
            attempt(Operation.class, bad.slice(0, 1 + random.nextInt(bad.length())));
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            attempt(Outcome.class, Buffer.buffer(noise));
        }
    }

    static {
        // Derived once, when a node starts, and so no part of what a message costs.
        for (Class<?> type : List.of(Operation.class, Outcome.class)) {
            assertThat(FORMATS.of(type, type)).isNotNull();
        }
    }

    /** Reads it or refuses it; an error would end more than this message. */
    private static void attempt(Class<?> type, Buffer bytes) {
        Format format = FORMATS.of(type, type);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Object read = format.read(new Format.Reader(bytes, 0));
            assertThat(read).isNotNull();
        } catch (RuntimeException refused) {
            assertThat(refused).isNotNull();
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as("cost of %s", bytes.length())
                .isLessThan(BYTES_AT_ALL + BYTES_PER_BYTE * bytes.length());
    }

    private static Object read(Class<?> type, Buffer bytes) {
        return new Formats().of(type, type).read(new Format.Reader(bytes, 0));
    }
}
