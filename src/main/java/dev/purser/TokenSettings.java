package dev.purser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The one way to verify tokens, among the three that can be set. */
final class TokenSettings {

    private static final int LEAST_BYTES = 32;
    private static final String DEV = "dev";

    private static final Notation<String> SECRET = new Notation<>("a secret of at least 32 bytes, or dev",
            text -> Optional.of(text).filter(secret -> secret.equals(DEV)
                    || (secret.getBytes(StandardCharsets.UTF_8).length >= LEAST_BYTES
                            && !secret.equals(Settings.Tokens.Secret.DEV))));
    private static final Notation<java.security.PublicKey> PUBLIC_KEY = new Notation<>(
            "a public key, RSA of at least 2048 bits or EC, as PEM text or the path of a PEM file", PublicKeys::read);
    private static final Notation<String> TEXT = new Notation<>("some text", Optional::of);

    private final Values values;
    private final Problems problems;
    private final Settings.Mode mode;

    TokenSettings(Values values, Problems problems, Settings.Mode mode) {
        this.values = values;
        this.problems = problems;
        this.mode = mode;
    }

    Settings.Tokens read() {
        String issuer = text("jwt.issuer");
        String audience = text("jwt.audience");
        List<Found> given = Stream.of("jwt.secret", "jwt.jwks_url", "jwt.public_key").map(values::find)
                .filter(found -> !found.isEmpty()).toList();
        if (given.size() > 1) {
            problems.add("jwt", "cross check", "Expected exactly one way to verify tokens, but found " + given.stream()
                    .map(found -> found.path() + " (" + found.origin() + ")").collect(Collectors.joining(" and ")));
        } else if (given.isEmpty() && mode == Settings.Mode.PRODUCTION) {
            problems.add("jwt", "not set", "Expected a way to verify tokens, but found none; set PURSER_JWT_SECRET (or"
                    + " PURSER_JWT_SECRET_FILE), PURSER_JWT_JWKS_URL or PURSER_JWT_PUBLIC_KEY");
        }
        Optional<Settings.Tokens> secret = values.readOptional("jwt.secret", SECRET)
                .map(text -> new Settings.Tokens.Secret(text.equals(DEV) ? Settings.Tokens.Secret.DEV : text, issuer,
                        audience));
        Optional<Settings.Tokens> jwks = values.readOptional("jwt.jwks_url", Notation.URL)
                .map(url -> new Settings.Tokens.Jwks(url, issuer, audience));
        Optional<Settings.Tokens> key = values.readOptional("jwt.public_key", PUBLIC_KEY)
                .map(publicKey -> new Settings.Tokens.PublicKey(publicKey, issuer, audience));
        return secret.or(() -> jwks).or(() -> key)
                .orElseGet(() -> new Settings.Tokens.Secret(Settings.Tokens.Secret.DEV, issuer, audience));
    }

    private @Nullable String text(String path) {
        return values.readOptional(path, TEXT).orElse(null);
    }
}
