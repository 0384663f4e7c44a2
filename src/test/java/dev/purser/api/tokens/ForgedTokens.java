package dev.purser.api.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.purser.api.TestTokens;

/** Tokens that no login server would make, each of which must be refused; written byte by byte, as an attacker does. */
public final class ForgedTokens {

    /** The year 2100. */
    private static final long LATER = 4_102_444_800L;
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String CLAIMS = "{\"sub\":\"ann\",\"exp\":" + LATER + "}";

    private ForgedTokens() {
    }

    /** A good one, by the same means: without it nobody would know what the others are refused for. */
    public static String good() {
        return signed(HEADER, CLAIMS, TestTokens.SECRET);
    }

    /** All, by what is wrong with them. */
    public static Map<String, String> all() {
        Map<String, String> tokens = new LinkedHashMap<>();
        headers(tokens);
        keys(tokens);
        claims(tokens);
        spellings(tokens);
        return tokens;
    }

    private static void headers(Map<String, String> tokens) {
        for (String alg : List.of("\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\"\"", "null", "0", "true",
                "[\"HS256\"]",
                "{}", "\"hs256\"", "\"HS256 \"", "\"HS256\\u0000\"", "\"HS384\"", "\"HS512\"", "\"RS256\"", "\"ES256\"",
                "\"EdDSA\"", "\"dir\"", "\"PBES2-HS256+A128KW\"")) {
            String header = "{\"alg\":" + alg + "}";
            tokens.put("alg " + alg + ", signed", signed(header, CLAIMS, TestTokens.SECRET));
            tokens.put("alg " + alg + ", unsigned", part(header) + "." + part(CLAIMS) + ".");
            tokens.put("alg " + alg + ", two parts", part(header) + "." + part(CLAIMS));
        }
        tokens.put("no alg", signed("{}", CLAIMS, TestTokens.SECRET));
        tokens.put("a header that is no object", signed("[]", CLAIMS, TestTokens.SECRET));
        for (String crit : List.of("[\"b64\"],\"b64\":false", "[\"exp\"]", "[\"x\"],\"x\":1", "[\"alg\"]", "\"x\"",
                "1")) {
            tokens.put("crit " + crit, signed("{\"alg\":\"HS256\",\"crit\":" + crit + "}", CLAIMS, TestTokens.SECRET));
        }
    }

    private static void keys(Map<String, String> tokens) {
        for (String kid : List.of("../../../../../dev/null", "/dev/null", "' or '1'='1", "x' union select 'secret'--",
                "http://127.0.0.1:1/key", "|cat /etc/passwd", "\\u0000", "x".repeat(4_000))) {
            String header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";
            for (String secret : List.of("\0", "secret", "x".repeat(32))) {
                tokens.put("kid " + kid + ", signed with " + secret, signed(header, CLAIMS, secret));
            }
        }
        for (String brought : List.of("\"jku\":\"http://127.0.0.1:1/keys\"", "\"x5u\":\"http://127.0.0.1:1/cert\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + part("x".repeat(32)) + "\"}", "\"x5c\":[\"AAAA\"]")) {
            tokens.put("a key that comes with it, " + brought,
                    signed("{\"alg\":\"HS256\"," + brought + "}", CLAIMS, "x".repeat(32)));
        }
        tokens.put("signed with another secret", signed(HEADER, CLAIMS, TestTokens.SECRET + "x"));
        tokens.put("a signature of nothing", part(HEADER) + "." + part(CLAIMS) + "." + part("\0".repeat(32)));
    }

    private static void claims(Map<String, String> tokens) {
        for (String exp : List.of("null", "\"" + LATER + "\"", "\"never\"", "true", "[" + LATER + "]", "{}", "-1", "0",
                "-0.0",
                "-9223372036854775808", "1e3", "\"\"", "1.5")) {
            tokens.put("exp " + exp, signed(HEADER, "{\"sub\":\"ann\",\"exp\":" + exp + "}", TestTokens.SECRET));
        }
        tokens.put("no exp", signed(HEADER, "{\"sub\":\"ann\"}", TestTokens.SECRET));
        for (String nbf : List.of(String.valueOf(LATER), "\"0\"", "[]", "{}")) {
            tokens.put("nbf " + nbf, with("\"nbf\":" + nbf));
        }
        for (String sub : List.of("null", "1", "12345678901234567890", "[\"ann\"]", "{}", "\"\"", "\"a b\"",
                "\"ann\\u0000\"", "\"\\u0430nn\"",
                "true")) {
            tokens.put("sub " + sub, signed(HEADER, "{\"sub\":" + sub + ",\"exp\":" + LATER + "}", TestTokens.SECRET));
        }
        for (String claims : List.of("[]", "null", "\"ann\"", "", "{", "{\"sub\":\"ann\",\"exp\":" + LATER + "}x",
                "[".repeat(2_000) + "]".repeat(2_000))) {
            tokens.put("claims " + claims, signed(HEADER, claims, TestTokens.SECRET));
        }
        tokens.put("two subs", with("\"sub\":\"bob\""));
        tokens.put("two exps", signed(HEADER, "{\"sub\":\"ann\",\"exp\":1,\"exp\":" + LATER + "}", TestTokens.SECRET));
        tokens.put("two algs", signed("{\"alg\":\"none\",\"alg\":\"HS256\"}", CLAIMS, TestTokens.SECRET));
    }

    /** A good token otherwise written: nobody needs it, and each would be remembered as a token of its own. */
    private static void spellings(Map<String, String> tokens) {
        String good = good();
        String signature = good.substring(good.lastIndexOf('.') + 1);
        String rest = good.substring(0, good.lastIndexOf('.') + 1);
        for (String end : List.of("=", "==", "!", "A", "%3D", ".", ".x", "\u00e9")) {
            tokens.put("with " + end + " at its end", good + end);
        }
        tokens.put("with a sign in its signature", rest + signature.substring(0, 9) + "!" + signature.substring(9));
        tokens.put("with a space in it", rest + " " + signature);
        tokens.put("with another last letter", rest + signature.substring(0, signature.length() - 1)
                + (char) (signature.charAt(signature.length() - 1) + 1));
        tokens.put("with its header twice", part(HEADER) + "." + good);
        tokens.put("short of its last letter", good.substring(0, good.length() - 1));
        tokens.put("longer than any", signed("{\"alg\":\"HS256\",\"x\":\"" + "x".repeat(7_000) + "\"}", CLAIMS,
                TestTokens.SECRET));
    }

    private static String with(String claim) {
        return signed(HEADER, CLAIMS.substring(0, CLAIMS.length() - 1) + "," + claim + "}", TestTokens.SECRET);
    }

    private static String signed(String header, String claims, String secret) {
        String text = part(header) + "." + part(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
