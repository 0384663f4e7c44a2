package dev.purser.wallet;

/**
 * What is set aside and taken of what was given on, where it went.
 *
 * @param number of the step after which it is so, among all that concern what the giver has given on; 0 before the first
 * @param room how many tokens may be set aside and taken in all: fewer than were given once some were found to be spent
 */
public record Recovered(GivenOn gift, int number, long room, long aside, long taken) {

    public Recovered {
        if (number < 0 || room < 0 || aside < 0 || taken < 0) {
            throw new IllegalArgumentException("Expected nothing negative, but got step %d, %d, %d and %d"
                    .formatted(number, room, aside, taken));
        }
    }

    /** Before anything was done about it. */
    public static Recovered nothingOf(GivenOn gift) {
        return new Recovered(gift, 0, gift.amount(), 0, 0);
    }
}
