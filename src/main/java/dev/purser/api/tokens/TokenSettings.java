package dev.purser.api.tokens;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How tokens are verified.
 *
 * @param issuer what {@code iss} must be, and {@code audience} what must be in {@code aud}; null when it does not matter
 */
public record TokenSettings(Keys keys, @Nullable String issuer, @Nullable String audience) {

    /** Where the keys come from that tokens are signed with. */
    public sealed interface Keys {
    }

    /** HS256 with a secret of at least 32 bytes. */
    public record Secret(String secret) implements Keys {

        @Override
        public String toString() {
            return "Secret[...]";
        }
    }

    /** RS256 or ES256, as the key's type has it. */
    public record PublicKey(java.security.PublicKey key) implements Keys {
    }

    /**
     * RS256 or ES256 with the keys that the URL answers.
     *
     * @param refetchAtMostEvery how soon the URL is asked again for a key that is not known
     * @param timeout for an answer
     */
    public record Jwks(URI url, Duration refetchAtMostEvery, Duration timeout) implements Keys {

        public static Jwks of(URI url) {
            return new Jwks(url, Duration.ofSeconds(30), Duration.ofSeconds(5));
        }
    }
}
