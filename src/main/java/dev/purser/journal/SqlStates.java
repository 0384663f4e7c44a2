package dev.purser.journal;

import java.util.Set;

import io.vertx.pgclient.PgException;

/**
 * What PostgreSQL's error codes mean to a lane. The severity is not asked where it can be helped: it comes in the server's
 * language.
 */
final class SqlStates {

    /**
     * The classes (first two characters) of errors that would come again if the same data were sent again: bad data,
     * violated constraints, limits of a program, exceptions raised by a trigger.
     */
    private static final Set<String> DATA = Set.of("22", "23", "54", "P0");

    /** A server that only reads (a standby, or a primary that was demoted): another connection may find the right one. */
    private static final String READ_ONLY = "25006";

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlStates() {
    }

    /** What became of a statement that ended with an error. */
    enum Meaning {
        /** It was undone, and the same would happen again. */
        BAD_DATA,
        /** It was undone; the same may succeed later. */
        NOT_NOW,
        /** It was undone; the same may succeed on another connection. */
        NOT_HERE,
        /** The server ended rather than the statement. */
        UNKNOWN
    }

    static Meaning meaning(PgException error) {
        String state = error.getSqlState();
        String kind = state == null ? "" : state.substring(0, 2);
        if (DATA.contains(kind)) {
            return Meaning.BAD_DATA;
        }
        return switch (kind) {
            // Lost connections, system errors, no code at all.
            case "08", "58", "" -> Meaning.UNKNOWN;
            // Told to end, crashed; but a cancelled statement (57014) is just undone.
            case "57" -> "57014".equals(state) ? Meaning.NOT_NOW : Meaning.UNKNOWN;
            // Internal errors: undone if that was all, and who knows what if the server panicked.
            case "XX" -> "ERROR".equals(error.getSeverity()) ? Meaning.BAD_DATA : Meaning.UNKNOWN;
            default -> READ_ONLY.equals(state) ? Meaning.NOT_HERE : Meaning.NOT_NOW;
        };
    }

    /** Whether something was to be written that is there already, of which there must be one only. */
    static boolean isThereAlready(Throwable cause) {
        return cause instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }
}
