package dev.purser.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.HdrHistogram.Histogram;

/** The load process: reads a {@link Work} from each line of its input, and writes a line with what it {@link Heard}. */
public final class LoadServer {

    private final ExecutorService threads = Executors.newFixedThreadPool(Work.THREADS);
    private final Requests.Heads[] ofOwners;
    private final Requests.Heads[] ofBackend;

    private LoadServer(String secret) {
        Tokens tokens = new Tokens(secret);
        ofOwners = heads(tokens, false);
        ofBackend = heads(tokens, true);
    }

    private static Requests.Heads[] heads(Tokens tokens, boolean asBackend) {
        Requests.Heads[] heads = new Requests.Heads[Work.THREADS];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new Requests.Heads(tokens, asBackend);
        }
        return heads;
    }

    /**
     * Serves until its input ends.
     *
     * @param args the secret that tokens are signed with
     */
    public static void main(String[] args) throws Exception {
        LoadServer load = new LoadServer(args[0]);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(load.carryOut(Work.read(line)).written());
            }
        }
        load.threads.shutdown();
    }

    private Heard carryOut(Work work) throws IOException, InterruptedException, ExecutionException {
        AtomicInteger sequence = new AtomicInteger();
        Requests.Heads[] heads = work.asBackend() ? ofBackend : ofOwners;
        List<Round> rounds = new ArrayList<>();
        try {
            for (int i = 0; i < work.threads(); i++) {
                rounds.add(new Round(work, new Requests(work, heads[i], i, sequence), i));
            }
            List<Heard> parts = new ArrayList<>();
            for (Future<Heard> part : threads.invokeAll(rounds)) {
                parts.add(part.get());
            }
            return together(parts);
        } finally {
            for (Round round : rounds) {
                round.close();
            }
        }
    }

    private static Heard together(List<Heard> parts) {
        Histogram latencies = Heard.histogram();
        parts.forEach(part -> latencies.add(part.latencies()));
        return new Heard(parts.stream().mapToDouble(Heard::seconds).max().orElse(0), latencies,
                parts.stream().mapToLong(Heard::spends).sum(), parts.stream().mapToLong(Heard::looks).sum(),
                parts.stream().mapToLong(Heard::failed).sum(),
                parts.stream().map(Heard::example).filter(text -> !text.isEmpty()).findFirst().orElse(""));
    }
}
