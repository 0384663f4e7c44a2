package dev.purser.api.tokens;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import io.vertx.core.Future;

/** What a search for the key of a token comes to. */
sealed interface KeyLookup {

    /** The key to verify with, and the one algorithm that it is for. */
    record Found(JWSAlgorithm algorithm, JWSVerifier verifier) implements KeyLookup {
    }

    record NoSuchKey() implements KeyLookup {
    }

    record Unavailable() implements KeyLookup {
    }

    /** Where keys are looked up. */
    interface Source {

        /** Looks among the keys at hand; null when they would have to be fetched first. */
        @Nullable
        KeyLookup now(@Nullable String keyId);

        /** Fetches keys, if that may help, and looks again. */
        Future<KeyLookup> later(@Nullable String keyId);
    }
}
