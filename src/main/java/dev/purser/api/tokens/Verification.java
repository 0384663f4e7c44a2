package dev.purser.api.tokens;

/** What became of verifying a token. */
public sealed interface Verification {

    record Valid(Identity identity) implements Verification {
    }

    /** Not to be trusted; the reason may be told to whoever sent it. */
    record Invalid(String reason) implements Verification {
    }

    /** Nobody can say: the keys could not be had. */
    record KeysUnavailable() implements Verification {
    }
}
