package dev.purser.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Status;
import io.vertx.core.buffer.Buffer;

/** What it takes to carry a spend to another node, and its outcome back: each is written and read again. */
@State(Scope.Thread)
public class WireCodecBenchmark {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private final WireCodec<Operation> operations = WireCodec.of(Operation.class);
    private final WireCodec<Outcome> outcomes = WireCodec.of(Outcome.class);
    private final Operation operation = new Operation("01jd3q8c7xkq2m5v9w0t4b6n8r", "ada",
            OpKey.ofClient("ada", "order-1", "a fingerprint"), new Authority.Caller("ada", Set.of()),
            new Command.Spend(25, Memo.of("A portrait")));
    private final Outcome outcome = new Outcome.Done(new Receipt(17, 975, 0, 0, Status.ACTIVE,
            List.of(new Entry(17, EntryKind.SPEND, -25, 0, 0, 975, NOW, Memo.of("A portrait"))), null), false, null);

    @Benchmark
    public Operation operation() {
        return through(operations, operation);
    }

    @Benchmark
    public Outcome outcome() {
        return through(outcomes, outcome);
    }

    private static <T> T through(WireCodec<T> codec, T value) {
        Buffer wire = Buffer.buffer(256);
        codec.encodeToWire(wire, value);
        return codec.decodeFromWire(0, wire);
    }
}
