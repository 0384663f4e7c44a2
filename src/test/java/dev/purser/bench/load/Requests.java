package dev.purser.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** The requests of one thread of a load, as bytes. */
final class Requests {

    static final int LARGEST = 1_024;

    private static final byte[] SPEND = ascii("\r\n{\"amount\":1}");
    private static final byte[] TIP = ascii(
            "\r\n{\"creator_id\":\"" + Wallets.CREATOR + "\",\"amount\":1,\"channel\":\"live\"}");
    private static final byte[] NONE = {};
    private static final byte[] KEY = ascii("Idempotency-Key: ");
    private static final byte[] END = ascii("\r\n");

    private final Heads heads;
    private final IntSupplier choose;
    private final boolean keyed;
    private final int looks;
    private final boolean tips;
    private final String keyPrefix;
    private long number;
    private long keys;

    Requests(Work work, Heads heads, int thread, AtomicInteger sequence) {
        this.heads = heads;
        Random random = new Random(work.seed() * Work.THREADS + thread);
        this.choose = work.target().chooser(work.first(), work.wallets(), sequence, random);
        this.keyed = work.keyed();
        this.looks = work.looks();
        this.tips = work.tips();
        this.keyPrefix = Long.toString(System.nanoTime(), 36) + "-" + Long.toString(work.seed(), 36) + "-" + thread
                + "-";
    }

    /** Writes the next request, and answers whether it spends. */
    boolean next(ByteBuffer to) {
        int wallet = choose.getAsInt();
        boolean spends = looks >= 0 && number++ % (looks + 1) == 0;
        if (!spends) {
            to.put(heads.look(wallet)).put(END);
            return false;
        }
        to.put(tips ? heads.tip(wallet) : heads.spend(wallet));
        if (keyed) {
            to.put(KEY).put(ascii(keyPrefix + keys++)).put(END);
        }
        to.put(tips ? TIP : SPEND);
        return true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The heads of all requests but for a key, with a token in each: made once for each wallet and then kept. */
    static final class Heads {

        private static final String SCOPES = "wallets:charge wallets:read";

        private final Tokens tokens;
        private final boolean asBackend;
        private final String backend;
        private final Map<Integer, byte[]> spends = new HashMap<>();
        private final Map<Integer, byte[]> tips = new HashMap<>();
        private final Map<Integer, byte[]> looks = new HashMap<>();

        Heads(Tokens tokens, boolean asBackend) {
            this.tokens = tokens;
            this.asBackend = asBackend;
            this.backend = tokens.of("backend", SCOPES);
        }

        byte[] spend(int wallet) {
            return asBackend
                    ? head("POST /api/v1/wallets/" + Wallets.id(wallet) + "/spend", backend, SPEND)
                    : spends.computeIfAbsent(wallet,
                            number -> head("POST /api/v1/tokens/spend", tokens.of(Wallets.id(number), ""), SPEND));
        }

        byte[] tip(int wallet) {
            return tips.computeIfAbsent(wallet,
                    number -> head("POST /api/v1/tokens/tip", tokens.of(Wallets.id(number), ""), TIP));
        }

        byte[] look(int wallet) {
            return asBackend
                    ? head("GET /api/v1/wallets/" + Wallets.id(wallet) + "/balance", backend, NONE)
                    : looks.computeIfAbsent(wallet,
                            number -> head("GET /api/v1/tokens/balance", tokens.of(Wallets.id(number), ""), NONE));
        }

        private static byte[] head(String line, String token, byte[] body) {
            return ascii(line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n"
                    + (body.length > 0
                            ? "Content-Type: application/json\r\nContent-Length: " + (body.length - END.length) + "\r\n"
                            : ""));
        }
    }
}
