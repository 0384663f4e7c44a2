package dev.purser.api.tokens;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Scope;

/** Checks what a token says, once its signature is known to be good. */
final class Claims {

    /** How far the clock of who made the token may be ahead of ours. None is granted after {@code exp}. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private final TokenSettings settings;
    private final Predicate<String> isSubject;

    Claims(TokenSettings settings, Predicate<String> isSubject) {
        this.settings = settings;
        this.isSubject = isSubject;
    }

    Verification check(SignedJWT jwt, Instant now) {
        try {
            Map<String, Object> written = jwt.getPayload().toJSONObject();
            if (written == null) {
                return new Verification.Invalid("its claims are malformed");
            }
            JWTClaimsSet claims = JWTClaimsSet.parse(written);
            Date expiration = claims.getExpirationTime();
            if (expiration == null) {
                return new Verification.Invalid("it has no exp");
            }
            if (!(written.get("sub") instanceof String)) {
                // The library makes text of a number too, and two that are too long for a double would be the same person.
                return new Verification.Invalid("its sub is not a text");
            }
            Identity identity = new Identity(caller(claims), expiration.toInstant());
            String fault = fault(claims, identity, now);
            return fault == null ? new Verification.Valid(identity) : new Verification.Invalid(fault);
        } catch (ParseException | IllegalArgumentException malformed) {
            return new Verification.Invalid("its claims are malformed");
        }
    }

    private @Nullable String fault(JWTClaimsSet claims, Identity identity, Instant now) {
        if (identity.isExpired(now)) {
            return "it has expired";
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.toInstant().isAfter(now.plus(CLOCK_SKEW))) {
            return "it is not valid yet";
        }
        if (settings.issuer() != null && !settings.issuer().equals(claims.getIssuer())) {
            return "it is of another issuer";
        }
        if (settings.audience() != null && !claims.getAudience().contains(settings.audience())) {
            return "it is for another audience";
        }
        return isSubject.test(identity.caller().subject()) ? null : "its sub cannot be a wallet's id";
    }

    private static Authority.Caller caller(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        return new Authority.Caller(subject == null ? "" : subject, scopes(claims.getStringClaim("scope")));
    }

    private static Set<Scope> scopes(@Nullable String text) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (text != null) {
            for (String each : text.split(" ", -1)) {
                Scope.parse(each).ifPresent(scopes::add);
            }
        }
        return Set.copyOf(scopes);
    }
}
