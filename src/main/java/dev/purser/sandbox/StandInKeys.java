package dev.purser.sandbox;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Idempotency keys: the first answer under each, whatever it was, is the answer to all that ask the same under it. */
final class StandInKeys {

    private static final int LONGEST = 255;
    private static final String TYPE = "idempotency_error";

    private final Map<String, Taken> taken = StandInTable.bounded();

    /** Null as an answer while the call is under way. */
    private record Taken(String request, @Nullable StandInAnswer answer) {
    }

    /** What is to be done about a call with a key. */
    sealed interface Turn {

        /** It is the first under its key, and must be ended by {@link #end}. */
        record First() implements Turn {
        }

        /** It was answered before. */
        record Again(StandInAnswer answer) implements Turn {
        }

        /** The key is of no use to it. */
        record Refused(StandInAnswer answer) implements Turn {
        }
    }

    /** @param request all that it asks */
    Turn begin(String key, String request) {
        if (key.length() > LONGEST) {
            return new Turn.Refused(StandInAnswer.error(400, TYPE,
                    "Idempotency keys may have at most " + LONGEST + " characters."));
        }
        Taken before = taken.get(key);
        if (before == null) {
            taken.put(key, new Taken(request, null));
            return new Turn.First();
        }
        if (!before.request().equals(request)) {
            return new Turn.Refused(StandInAnswer.error(400, TYPE,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                            + " Try using a key other than '" + key
                            + "' if you meant to execute a different request."));
        }
        StandInAnswer answer = before.answer();
        return answer == null
                ? new Turn.Refused(StandInAnswer.error(409, TYPE,
                        "There is currently another in-progress request using this Idempotent Key: " + key
                                + ". Please try again later.")
                        .with("code", "idempotency_key_in_use"))
                : new Turn.Again(answer);
    }

    /** What was not even begun may be tried anew. */
    void end(String key, String request, StandInAnswer answer) {
        if (answer.begun()) {
            taken.put(key, new Taken(request, answer));
        } else {
            taken.remove(key);
        }
    }
}
