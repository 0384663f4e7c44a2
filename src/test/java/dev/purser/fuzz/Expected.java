package dev.purser.fuzz;

import java.util.Arrays;
import java.util.Set;

/** What a request must be answered with. */
sealed interface Expected {

    /** The library's own answer to a version of HTTP that it does not speak. */
    int OTHER_VERSION = 501;

    Set<Integer> NO_OPERATION = Set.of(400, 404, 405, 414, 431);

    boolean allows(Operation operation, int status);

    /** Whether the server may also close the connection instead. */
    default boolean allowsClosing() {
        return false;
    }

    /** Anything that the contract promises for the operation. */
    record Promised() implements Expected {
        @Override
        public boolean allows(Operation operation, int status) {
            return operation.replies().containsKey(status);
        }
    }

    /** One of these. */
    record Only(Set<Integer> statuses) implements Expected {
        static Only of(Integer... statuses) {
            return new Only(Set.copyOf(Arrays.asList(statuses)));
        }

        @Override
        public boolean allows(Operation operation, int status) {
            return statuses.contains(status);
        }
    }

    /** It may not even be the operation's any more. */
    record Elsewhere() implements Expected {
        @Override
        public boolean allows(Operation operation, int status) {
            return NO_OPERATION.contains(status) || operation.replies().containsKey(status);
        }
    }

    /** It may not even be HTTP. */
    record Malformed() implements Expected {
        @Override
        public boolean allows(Operation operation, int status) {
            return NO_OPERATION.contains(status) || status == OTHER_VERSION;
        }

        @Override
        public boolean allowsClosing() {
            return true;
        }
    }
}
