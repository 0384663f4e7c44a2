package dev.purser.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.purser.wallet.Scope;

/** Signs the demo users' bearer tokens (HS256), as the service's own settings want them. */
public final class DemoTokens {

    private static final Duration LIFETIME = Duration.ofDays(30);

    private final MACSigner signer;
    private final @Nullable String issuer;
    private final @Nullable String audience;
    private final Instant issuedAt;

    /** Signs with a secret of at least 32 bytes; an issuer or audience is written if there is one. */
    public DemoTokens(String secret, @Nullable String issuer, @Nullable String audience, Instant issuedAt) {
        try {
            this.signer = new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Expected a secret of at least 32 bytes, but it is shorter", e);
        }
        this.issuer = issuer;
        this.audience = audience;
        this.issuedAt = issuedAt;
    }

    /** A token that is good for 30 days. */
    public String of(DemoUser user) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject(user.id()).issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(issuedAt.plus(LIFETIME)));
        if (issuer != null) {
            claims.issuer(issuer);
        }
        if (audience != null) {
            claims.audience(audience);
        }
        if (!user.scopes().isEmpty()) {
            claims.claim("scope", user.scopes().stream().map(Scope::text).collect(Collectors.joining(" ")));
        }
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Could not sign a token for " + user.id(), e);
        }
        return token.serialize();
    }

    /** All tokens as a shell reads them, such as {@code export ALICE=...}. */
    public String asShellVariables() {
        return Arrays.stream(DemoUser.values()).map(user -> "export " + user.name() + "=" + of(user) + "\n")
                .collect(Collectors.joining());
    }
}
