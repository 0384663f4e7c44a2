package dev.purser.bench.load;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import dev.purser.support.Zipf;

/** Which wallet the next request is about. */
public enum Target {

    /** Always the same one. */
    HOT,
    /** Any of them, each as likely as the other. */
    UNIFORM,
    /** The second half as often as the first, the third a third as often. */
    ZIPF,
    /** Each once, in order. */
    SEQUENCE;

    /** Chooses among so many wallets, those from {@code first} on. Each thread of a load has its own. */
    IntSupplier chooser(int first, int wallets, AtomicInteger sequence, Random random) {
        return switch (this) {
            case HOT -> () -> first;
            case UNIFORM -> () -> first + random.nextInt(wallets);
            case ZIPF -> {
                Zipf zipf = new Zipf(wallets);
                yield () -> first + zipf.next(random);
            }
            case SEQUENCE -> () -> first + sequence.getAndIncrement();
        };
    }
}
