package dev.purser.journal;

import java.util.Set;

/** What PostgreSQL's error codes mean to a lane. */
final class SqlStates {

    /**
     * The classes (first two characters) of errors that would come again if the same data were sent again: bad data,
     * violated constraints, limits of a program, exceptions raised by a trigger, internal errors.
     */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "54", "P0", "XX");

    private SqlStates() {
    }

    /** Whether it is the data's fault; otherwise the same may succeed later. */
    static boolean isAboutTheData(String sqlState) {
        return DATA_CLASSES.contains(sqlState.substring(0, 2));
    }
}
