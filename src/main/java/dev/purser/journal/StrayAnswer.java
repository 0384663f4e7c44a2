package dev.purser.journal;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An answer to something else than what was asked. No network mixes up the answers on a connection, but a client may, and then
 * all that follows on it is one answer behind: a batch would take another's success for its own.
 */
final class StrayAnswer extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private StrayAnswer(String other) {
        super("Expected the answer to what was asked, but this one is about " + other);
    }

    /** @param other what the answer is about if what it says is not what was asked for */
    static void unless(@Nullable Object answered, @Nullable Object asked, String other) {
        if (!Objects.equals(answered, asked)) {
            throw new StrayAnswer(other);
        }
    }
}
