package dev.purser.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.purser.wallet.Scope;

/** Every kind of caller there is: with which scope claim, and what that comes to. */
final class Callers {

    private static final String READ = "wallets:read";
    private static final String CHARGE = "wallets:charge";
    private static final String CREDIT = "wallets:credit";
    private static final String ADMIN = "admin";

    private Callers() {
    }

    /**
     * A way to ask for scopes.
     *
     * @param claims the claims that it is asked by
     * @param granted what they come to; null when the token is none
     */
    record Caller(Map<String, Object> claims, @Nullable Set<Scope> granted) {

        String token(String subject) {
            JWTClaimsSet.Builder all = TestTokens.claims(subject);
            claims.forEach(all::claim);
            return TestTokens.sign(all.build(), TestTokens.SECRET);
        }

        boolean isKnown() {
            return granted != null;
        }

        boolean has(Scope scope) {
            return granted != null && granted.contains(scope);
        }
    }

    /** All of them, by name. */
    static Map<String, Caller> all() {
        Map<String, Caller> callers = new TreeMap<>();
        texts().forEach((text, granted) -> callers.put("scope \"" + text + "\"",
                new Caller(Map.of("scope", text), granted)));
        callers.put("no scope claim", new Caller(Map.of(), Set.of()));
        for (String claim : List.of("scp", "scopes", "roles", "permissions", "Scope", "SCOPE")) {
            callers.put("claim " + claim, new Caller(Map.of(claim, ADMIN + " " + CHARGE), Set.of()));
        }
        callers.put("array", new Caller(Map.of("scope", List.of(ADMIN, CHARGE)), null));
        callers.put("object", new Caller(Map.of("scope", Map.of(ADMIN, true)), null));
        callers.put("number", new Caller(Map.of("scope", 1), null));
        callers.put("flag", new Caller(Map.of("scope", true), null));
        return callers;
    }

    private static Map<String, Set<Scope>> texts() {
        Map<String, Set<Scope>> texts = new LinkedHashMap<>();
        texts.put(READ, Set.of(Scope.READ));
        texts.put(CHARGE, Set.of(Scope.CHARGE));
        texts.put(CREDIT, Set.of(Scope.CREDIT));
        texts.put(ADMIN, Set.of(Scope.ADMIN));
        texts.put(READ + " " + CHARGE, Set.of(Scope.READ, Scope.CHARGE));
        texts.put(READ + " " + CREDIT, Set.of(Scope.READ, Scope.CREDIT));
        texts.put(CHARGE + " " + CREDIT, Set.of(Scope.CHARGE, Scope.CREDIT));
        texts.put(CHARGE + " " + ADMIN, Set.of(Scope.CHARGE, Scope.ADMIN));
        texts.put(ADMIN + " " + ADMIN, Set.of(Scope.ADMIN));
        texts.put("  " + CHARGE + "  openid ", Set.of(Scope.CHARGE));
        for (String nothing : List.of("", " ", READ + "x", "x" + CHARGE, "wallets", "wallets:", "wallets:*", "*",
                "ADMIN", "Admin", "Wallets:Charge", READ + "," + CHARGE, ADMIN + "," + CHARGE, ADMIN + "\t" + CHARGE,
                ADMIN + "\n" + CHARGE, ADMIN + "\u00a0" + CHARGE, "\u0430dmin", ADMIN + "\u0000", "[\"admin\"]",
                "wallets:read:charge", "administrator", "openid profile")) {
            texts.put(nothing, Set.of());
        }
        return texts;
    }
}
