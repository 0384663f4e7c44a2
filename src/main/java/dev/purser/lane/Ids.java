package dev.purser.lane;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Ids that are never used twice: the time, so that they sort roughly by age, and 80 random bits. */
public final class Ids {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;

    private Ids() {
    }

    /** An id that is no secret. */
    public static String next() {
        return next("", ThreadLocalRandom.current());
    }

    /** An id that is no secret and says what it is the id of, such as {@code req_01k...}. */
    public static String next(String prefix) {
        return next(prefix, ThreadLocalRandom.current());
    }

    /** An id that nobody can guess, however many others are known: to know it is to be allowed something. */
    public static String secret(String prefix) {
        return next(prefix, SECURE);
    }

    private static String next(String prefix, RandomGenerator random) {
        int start = prefix.length();
        char[] id = new char[start + TIME_DIGITS + RANDOM_DIGITS];
        prefix.getChars(0, start, id, 0);
        write(id, start, TIME_DIGITS, System.currentTimeMillis());
        write(id, start + TIME_DIGITS, RANDOM_DIGITS / 2, random.nextLong());
        write(id, start + TIME_DIGITS + RANDOM_DIGITS / 2, RANDOM_DIGITS / 2, random.nextLong());
        return new String(id);
    }

    private static void write(char[] id, int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            id[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
