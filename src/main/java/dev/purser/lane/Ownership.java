package dev.purser.lane;

import java.time.Instant;

/**
 * Whether this node is where a wallet lives, as far as it knows. The journal's fence has the last word.
 *
 * <p>Each time that it becomes a wallet's owner a new term begins. What was read in an earlier term may be out of date,
 * even if nobody noticed that there was another owner in between.
 */
public interface Ownership {

    /** What {@link #term} answers when the wallet lives elsewhere. */
    int NONE = 0;

    /** The term in which this node owns a wallet, or {@link #NONE}. */
    int term(String walletId);

    /** Whether the term has begun so recently that the owner before may still have writes under way. */
    boolean isFresh(String walletId);

    /**
     * Whether nobody else can have become the owner since this term began, not even unnoticed. What is written need not
     * ask, the journal's fence knows better; what is answered from memory alone must.
     */
    boolean isSure(String walletId, int term);

    /**
     * By the database's clock: until when what is decided now may be written. It is asked for before anything is decided.
     * Later the next owner does not reckon with it any more, and may have read a wallet without claiming it.
     */
    Instant writableUntil();

    default boolean owns(String walletId) {
        return term(walletId) != NONE;
    }
}
