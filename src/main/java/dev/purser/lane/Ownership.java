package dev.purser.lane;

/** Whether this node is where a wallet lives, as far as it knows. The journal's fence has the last word. */
@FunctionalInterface
public interface Ownership {

    boolean owns(String walletId);
}
