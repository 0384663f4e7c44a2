package dev.purser.wallet;

import java.util.Random;

/** Random amounts, all positive, that crowd where mistakes are made. */
final class Amounts {

    private Amounts() {
    }

    /** Mostly an amount that {@code most} covers, often exactly all of it, sometimes one too many. */
    static long upTo(Random random, long most) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> Math.max(1, most);
            case 2 -> most == Long.MAX_VALUE ? most : most + 1;
            case 3 -> Math.max(1, most - 1);
            case 4 -> 1;
            case 5 -> random.nextInt(8) == 0 ? any(random) : 1;
            default -> most <= 1 ? 1 : random.nextLong(1, most);
        };
    }

    /** Mostly small, sometimes what fills the wallet to the brim, or one more, or far more. */
    static long credit(Random random, Wallet wallet) {
        return switch (random.nextInt(200)) {
            case 0 -> Math.max(1, Long.MAX_VALUE - wallet.balance());
            case 1 -> Math.max(1, Long.MAX_VALUE - wallet.balance() - 1);
            case 2 -> wallet.balance() == 0 ? Long.MAX_VALUE : Long.MAX_VALUE - wallet.balance() + 1;
            case 3 -> any(random);
            case 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> Math.max(1, wallet.debt());
            default -> 1 + random.nextInt(1_000);
        };
    }

    private static long any(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MAX_VALUE - random.nextInt(10);
            default -> 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
        };
    }
}
