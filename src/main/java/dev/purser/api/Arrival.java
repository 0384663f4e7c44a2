package dev.purser.api;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Authority;

/** Waits until both are there, in whichever order: the body, and who sent it. */
final class Arrival {

    static final byte[] NO_BODY = {};

    private final BiConsumer<Authority.Caller, byte[]> both;
    private Authority.@Nullable Caller caller;
    private byte @Nullable [] body;

    Arrival(BiConsumer<Authority.Caller, byte[]> both) {
        this.both = both;
    }

    void caller(Authority.Caller known) {
        caller = known;
        check();
    }

    void body(byte[] whole) {
        body = whole;
        check();
    }

    private void check() {
        if (caller != null && body != null) {
            both.accept(caller, body);
        }
    }
}
