package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import dev.purser.api.contract.Contract;
import dev.purser.api.contract.Endpoint;
import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Status;

/** The edge's part of a spend: a body is read and checked against the contract, a reply is written. */
@State(Scope.Thread)
public class JsonBenchmark {

    private final Endpoint spend = Contract.load().endpoints().stream().filter(each -> each.id().equals("spendOwn"))
            .findFirst().orElseThrow();
    private final byte[] body = "{\"amount\": 25, \"description\": \"A portrait\"}".getBytes(StandardCharsets.UTF_8);
    private final Receipt receipt = new Receipt(17, 975, 0, 0, Status.ACTIVE,
            List.of(new Entry(17, EntryKind.SPEND, -25, 0, 0, 975, Instant.parse("2026-01-01T00:00:00.123456Z"),
                    Memo.of("A portrait"))),
            null);

    @Benchmark
    public Object readAndCheck() {
        return spend.readBody(body);
    }

    @Benchmark
    public Object write() {
        return JsonOut.object(ReceiptJson.spent("ada", receipt));
    }
}
