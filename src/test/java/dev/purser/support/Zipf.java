package dev.purser.support;

import java.util.Arrays;
import java.util.Random;

/** Zipf's distribution with the exponent 1: the rank k is as likely as 1/k, so that the first is hot. */
public final class Zipf {

    private final double[] upTo;

    public Zipf(int ranks) {
        upTo = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    /** A rank, from 0. */
    public int next(Random random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
    }
}
