package dev.purser.fuzz;

import java.util.List;

/** Everything that can be wrong with who asks. */
final class TokenCards {

    private static final Expected UNAUTHORIZED = Expected.Only.of(401);
    private static final String GOOD = Tokens.claims("admin", "admin");

    private TokenCards() {
    }

    static void deal(Cards cards) {
        if (cards.operation().open()) {
            cards.add("a bad token where none is needed", Cards.PROMISED, draft -> draft.token = "x");
            return;
        }
        cards.add("no token", UNAUTHORIZED, draft -> draft.token = null);
        for (String header : List.of("Authorization: ", "Authorization: Bearer", "Authorization: Bearer ",
                "Authorization: Basic YWRtaW46YWRtaW4=", "Authorization: Digest username=\"admin\"",
                "Authorization: Bearer x", "Authorization: Bearer ..", "Authorization: Bearer a.b.c",
                "Authorization: Bearer a.b.c.d.e", "Authorization: Bearer " + Bytes.raw(0xFF, 0x80),
                "Authorization: Bearer " + "a".repeat(9_000), "Authorization: Bearer null",
                "Authorization: bearer \u00e9", "Authorization: Bearer " + "eyJ9.".repeat(500),
                "Cookie: token=x", "X-Forwarded-User: admin")) {
            cards.add(header, UNAUTHORIZED, draft -> {
                draft.token = null;
                draft.headers.add(header);
            });
        }
        cards.add("two tokens", UNAUTHORIZED, draft -> draft.headers.add("Authorization: Bearer " + draft.token));
        cards.add("another secret", UNAUTHORIZED,
                draft -> draft.token = Tokens.sign(Tokens.HEADER, GOOD, "HmacSHA256", "x".repeat(32)));
        cards.add("not signed", UNAUTHORIZED,
                draft -> draft.token = Bytes.base64("{\"alg\":\"none\"}") + "." + Bytes.base64(GOOD) + ".");
        cards.add("cut off", UNAUTHORIZED, draft -> draft.token = String.valueOf(draft.token).replaceAll(".{3}$", ""));
        cards.add("its claims changed", UNAUTHORIZED, draft -> {
            String token = String.valueOf(draft.token);
            draft.token = token.substring(0, token.indexOf('.')) + "." + Bytes.base64(Tokens.claims("root", "admin"))
                    + token.substring(token.lastIndexOf('.'));
        });
        for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"HS512\"}", "{\"alg\":\"RS256\"}",
                "{\"alg\":\"\"}",
                "{\"alg\":null}", "{}", "[]", "x", "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":[\"HS256\"]}", "{\"alg\":\"HS256\",\"alg\":\"none\"}", "{\"alg\":\"hs256\"}",
                "{\"a\":".repeat(900))) {
            cards.add("the token's header is " + header, UNAUTHORIZED,
                    (draft, scene) -> draft.token = scene.tokens().sign(header, GOOD));
        }
        for (String claims : List.of("", "null", "[]", "7", "x", "{}", "{\"sub\":\"admin\"}", "{\"exp\":4000000000}",
                "{\"sub\":\"admin\",\"exp\":1}", "{\"sub\":\"admin\",\"exp\":-1}",
                "{\"sub\":\"admin\",\"exp\":\"soon\"}",
                "{\"sub\":\"admin\",\"exp\":null}", "{\"sub\":\"admin\",\"exp\":{}}",
                "{\"sub\":\"\",\"exp\":4000000000}", "{\"sub\":null,\"exp\":4000000000}",
                "{\"sub\":\"a b\",\"exp\":4000000000}", "{\"sub\":\"a\\n" + Hostile.FORGED + "\",\"exp\":4000000000}",
                "{\"sub\":\"" + "a".repeat(129) + "\",\"exp\":4000000000}", "{\"sub\":\"\\u0000\",\"exp\":4000000000}",
                "{\"sub\":\"admin\",\"exp\":4000000000,\"nbf\":4000000000}",
                "{\"sub\":\"admin\",\"exp\":4000000000,\"scope\":[\"admin\"]}",
                "{\"sub\":\"admin\",\"exp\":4000000000,\"scope\":7}", "{\"a\":".repeat(900), "[".repeat(4_000))) {
            cards.add("the claims are " + claims, UNAUTHORIZED,
                    (draft, scene) -> draft.token = scene.tokens().sign(Tokens.HEADER, claims));
        }
        for (String claims : List.of("{\"sub\":7,\"exp\":4000000000}", "{\"sub\":\"admin\",\"exp\":1e300}",
                "{\"sub\":\"admin\",\"exp\":9223372036854775807}",
                "{\"sub\":\"admin\",\"exp\":4e9}", "{\"sub\":\"admin\",\"exp\":4000000000,\"scope\":\" x  admin \"}",
                "{\"sub\":\"admin\",\"sub\":\"other\",\"exp\":4000000000}",
                "{\"sub\":\"admin\",\"exp\":4000000000,\"nbf\":-1e300,\"iat\":1e300,\"aud\":[],\"iss\":{}}")) {
            cards.add("the claims are " + claims, Cards.PROMISED,
                    (draft, scene) -> draft.token = scene.tokens().sign(Tokens.HEADER, claims));
        }
        if (cards.operation().path().matches(".*/(wallets|accounts)/.*")) {
            cards.add("a stranger", Expected.Only.of(403), (draft, scene) -> {
                draft.token = scene.token("stranger", "");
                draft.members.keySet().removeIf(name -> name.equals("metadata"));
            });
        }
    }
}
