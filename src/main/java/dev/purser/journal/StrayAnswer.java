package dev.purser.journal;

/**
 * An answer to something else than what was asked. No network mixes up the answers on a connection, but a client may, and then
 * all that follows on it is one answer behind: a batch would take another's success for its own.
 */
final class StrayAnswer extends IllegalStateException {

    private static final long serialVersionUID = 1;

    StrayAnswer(String other) {
        super("Expected the answer to what was asked, but this one is about " + other);
    }
}
