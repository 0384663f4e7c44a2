package dev.purser;

import java.util.Collection;
import java.util.Comparator;

/** The known name that a misspelt one most likely means. */
final class Nearest {

    private Nearest() {
    }

    static String to(String name, Collection<String> known) {
        return known.stream().min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder())).orElseThrow();
    }

    /** How many letters must be put in, left out or changed to make one of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int column = 1; column <= other.length(); column++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
