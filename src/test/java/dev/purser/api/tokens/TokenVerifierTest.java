package dev.purser.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.purser.api.TestTokens;
import dev.purser.wallet.Scope;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenVerifierTest {

    private static final JWTClaimsSet ANN = TestTokens.claims("ann").claim("scope", "wallets:read other admin").build();

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final RSAKey rsa;
    private final RSAKey otherRsa;
    private final ECKey ec;
    private volatile Instant now = Instant.now();

    TokenVerifierTest() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        otherRsa = new RSAKeyGenerator(2048).keyID("r2").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    }

    @AfterAll
    void close() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldKnowTheCallerOfGoodTokens() throws Exception {
        assertThat(verify(secret(), hs256(ANN))).isInstanceOfSatisfying(Verification.Valid.class, valid -> {
            assertThat(valid.identity().caller().subject()).isEqualTo("ann");
            assertThat(valid.identity().caller().scopes()).isEqualTo(Set.of(Scope.READ, Scope.ADMIN));
        });
        assertThat(verify(pem(rsa), sign(JWSAlgorithm.RS256, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Valid.class);
        assertThat(verify(pem(ec), sign(JWSAlgorithm.ES256, new ECDSASigner(ec))))
                .isInstanceOf(Verification.Valid.class);
    }

    @Test
    void shouldRefuseUnsignedTokens() throws Exception {
        String plain = new PlainJWT(ANN).serialize();
        String header = Base64.getUrlEncoder().withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String payload = plain.split("\\.", -1)[1];
        for (TokenVerifier tokens : List.of(secret(), pem(rsa), pem(ec))) {
            for (String token : List.of(plain, header + "." + payload + ".", header + "." + payload, "", ".", "..",
                    "a.b.c", " " + hs256(ANN), hs256(ANN) + "\n", "\t" + hs256(ANN) + " ",
                    "x".repeat(9_000), hs256(ANN).substring(0, hs256(ANN).lastIndexOf('.') + 1))) {
                assertThat(verify(tokens, token)).as(token).isInstanceOf(Verification.Invalid.class);
            }
        }
    }

    @Test
    void shouldNotLetTheTokenChooseTheAlgorithm() throws Exception {
        byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
        String confused = sign(JWSAlgorithm.HS256, new MACSigner(publicKey));
        String confusedPem = sign(JWSAlgorithm.HS256,
                new MACSigner(pemText(publicKey).getBytes(StandardCharsets.UTF_8)));
        assertThat(verify(pem(rsa), confused)).isInstanceOf(Verification.Invalid.class);
        assertThat(verify(pem(rsa), confusedPem)).isInstanceOf(Verification.Invalid.class);
        assertThat(verify(pem(rsa), sign(JWSAlgorithm.RS512, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(pem(rsa), sign(JWSAlgorithm.PS256, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(pem(ec), sign(JWSAlgorithm.RS256, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(secret(), sign(JWSAlgorithm.RS256, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(secret(), sign(JWSAlgorithm.HS512,
                new MACSigner((TestTokens.SECRET + TestTokens.SECRET).getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldIgnoreKeysThatTheTokenBrings() throws Exception {
        JWSHeader brought = new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(otherRsa.toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:1/keys")).type(JOSEObjectType.JWT).build();
        SignedJWT jwt = new SignedJWT(brought, ANN);
        jwt.sign(new RSASSASigner(otherRsa));
        assertThat(verify(pem(rsa), jwt.serialize())).isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldRefuseUnknownCriticalHeaders() throws Exception {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.HS256).criticalParams(Set.of("exotic"))
                .customParam("exotic", true).build();
        SignedJWT jwt = new SignedJWT(critical, ANN);
        jwt.sign(new MACSigner(TestTokens.SECRET));
        assertThat(verify(secret(), jwt.serialize())).isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldCheckClaims() throws Exception {
        Date later = Date.from(now.plusSeconds(60));
        List<JWTClaimsSet> bad = List.of(
                new JWTClaimsSet.Builder().subject("ann").build(),
                TestTokens.claims("ann").expirationTime(Date.from(now.minusSeconds(1))).build(),
                TestTokens.claims("ann").notBeforeTime(later).build(),
                new JWTClaimsSet.Builder().expirationTime(later).build(),
                TestTokens.claims("").build(), TestTokens.claims("a b").build(),
                TestTokens.claims("x".repeat(129)).build(), TestTokens.claims("a\u0000b").build(),
                TestTokens.claims("ann").claim("scope", List.of("admin")).build(),
                TestTokens.claims("ann").claim("exp", "tomorrow").build());
        for (JWTClaimsSet claims : bad) {
            assertThat(verify(secret(), hs256(claims))).as(claims.toString()).isInstanceOf(Verification.Invalid.class);
        }
    }

    @Test
    void shouldCheckIssuerAndAudienceWhenSet() throws Exception {
        TokenVerifier strict = verifier(new TokenSettings(new TokenSettings.Secret(TestTokens.SECRET), "me", "purser"));
        assertThat(verify(strict, hs256(ANN))).isInstanceOf(Verification.Invalid.class);
        assertThat(verify(strict, hs256(TestTokens.claims("ann").issuer("me").audience("x").build())))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(strict,
                hs256(TestTokens.claims("ann").issuer("me").audience(List.of("x", "purser")).build())))
                .isInstanceOf(Verification.Valid.class);
    }

    @Test
    void shouldForgetTokensThatExpire() throws Exception {
        TokenVerifier tokens = secret();
        String token = hs256(ANN);
        assertThat(tokens.remembered(token)).isNull();
        assertThat(verify(tokens, token)).isInstanceOf(Verification.Valid.class);
        assertThat(tokens.remembered(token)).isNotNull();
        Instant before = now;
        now = now.plusSeconds(601);
        try {
            assertThat(tokens.remembered(token)).isNull();
            assertThat(verify(tokens, token)).isInstanceOf(Verification.Invalid.class);
        } finally {
            now = before;
        }
    }

    @Test
    void shouldRefuseWeakKeys() throws Exception {
        assertThatThrownBy(() -> verifier(new TokenSettings(new TokenSettings.Secret("short"), null, null)))
                .hasMessageContaining("at least 32 bytes");
        RSAKey small = new RSAKeyGenerator(1024, true).generate();
        assertThatThrownBy(() -> pem(small)).hasMessageContaining("2048");
        ECKey otherCurve = new ECKeyGenerator(Curve.P_384).generate();
        assertThatThrownBy(() -> pem(otherCurve)).hasMessageContaining("P-256");
    }

    @Test
    void shouldTakeKeysFromUrl() throws Exception {
        AtomicReference<String> served = new AtomicReference<>(
                new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(),
                        new OctetSequenceKey.Builder(new byte[32]).keyID("h1").build())).toString(false));
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            asked.incrementAndGet();
            if (served.get().isEmpty()) {
                request.response().setStatusCode(500).end();
            } else {
                request.response().end(served.get());
            }
        });
        int port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
        TokenVerifier tokens = jwks(port);

        assertThat(verify(tokens, keyed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Valid.class);
        assertThat(verify(tokens, keyed(JWSAlgorithm.ES256, "e1", new ECDSASigner(ec))))
                .isInstanceOf(Verification.Valid.class);
        assertThat(verify(tokens, keyed(JWSAlgorithm.HS256, "h1", new MACSigner(new byte[32]))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(tokens, sign(JWSAlgorithm.RS256, new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        String rotated = keyed(JWSAlgorithm.RS256, "r2", new RSASSASigner(otherRsa));
        assertThat(verify(tokens, rotated)).isInstanceOf(Verification.Invalid.class);
        assertThat(asked).hasValue(1);

        served.set(new JWKSet(otherRsa.toPublicJWK()).toString());
        Instant before = now;
        now = now.plusSeconds(31);
        assertThat(verify(tokens, rotated)).isInstanceOf(Verification.Valid.class);
        served.set("");
        now = now.plusSeconds(31);
        assertThat(verify(tokens, keyed(JWSAlgorithm.RS256, "r3", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.KeysUnavailable.class);
        assertThat(verify(tokens, rotated)).isInstanceOf(Verification.Valid.class);
        now = before;
        server.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldSayWhenKeysCannotBeHad() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> request.response().setChunked(true)
                .write("{\"keys\":[" + "\"" + "x".repeat(300_000)));
        int port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
        assertThat(verify(jwks(port), keyed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.KeysUnavailable.class);
        server.close().await(10, TimeUnit.SECONDS);
        assertThat(verify(jwks(port), keyed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.KeysUnavailable.class);
    }

    /** Keys grow old, and where they come from does not answer: whoever has a token of a known key does not wait for that. */
    @Test
    void shouldNotWaitForNewKeysWhenItHasTheOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            if (asked.incrementAndGet() == 1) {
                request.response().end(new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
            }
        });
        TokenVerifier tokens = jwks(server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort(),
                Duration.ofMinutes(1));
        assertThat(verify(tokens, keyed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Valid.class);
        Instant before = now;
        now = now.plus(Duration.ofMinutes(11));
        assertThat(verify(tokens, es256OfNow())).isInstanceOf(Verification.Valid.class);
        await().until(() -> asked.get() == 2);
        now = before;
        server.close().await(10, TimeUnit.SECONDS);
    }

    /** Hours may pass in which everybody has a token that is known already. */
    @Test
    void shouldAskFirstWhetherKeysFromLongAgoAreStillThere() throws Exception {
        AtomicReference<String> served = new AtomicReference<>(
                new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
        HttpServer server = vertx.createHttpServer().requestHandler(request -> request.response().end(served.get()));
        TokenVerifier tokens = jwks(server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort());
        assertThat(verify(tokens, keyed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Valid.class);
        served.set(new JWKSet(rsa.toPublicJWK()).toString());
        Instant before = now;
        now = now.plus(Duration.ofMinutes(61));
        assertThat(verify(tokens, es256OfNow())).isInstanceOf(Verification.Invalid.class);
        now = before;
        server.close().await(10, TimeUnit.SECONDS);
    }

    private String es256OfNow() throws JOSEException {
        JWTClaimsSet claims = TestTokens.claims("ann").expirationTime(Date.from(now.plusSeconds(60))).build();
        return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("e1").build(), claims, new ECDSASigner(ec));
    }

    private TokenVerifier jwks(int port) {
        return jwks(port, Duration.ofSeconds(2));
    }

    private TokenVerifier jwks(int port, Duration timeout) {
        return verifier(new TokenSettings(new TokenSettings.Jwks(URI.create("http://127.0.0.1:" + port + "/keys"),
                Duration.ofSeconds(30), timeout), null, null));
    }

    private TokenVerifier secret() {
        return verifier(new TokenSettings(new TokenSettings.Secret(TestTokens.SECRET), null, null));
    }

    private TokenVerifier pem(RSAKey key) throws JOSEException {
        return verifier(new TokenSettings(new TokenSettings.PublicKey(key.toRSAPublicKey()), null,
                null));
    }

    private TokenVerifier pem(ECKey key) throws JOSEException {
        return verifier(new TokenSettings(new TokenSettings.PublicKey(key.toECPublicKey()), null,
                null));
    }

    private static String pemText(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private TokenVerifier verifier(TokenSettings settings) {
        return TokenVerifier.of(vertx, settings, id -> id.matches("[a-z]{1,128}"), new TokenMemory(), () -> now);
    }

    /** Always on the same event loop: a verifier belongs to one. */
    private Verification verify(TokenVerifier tokens, String token) throws TimeoutException {
        return Future.<Verification>future(verified -> loop
                .runOnContext(_ -> tokens.verify(token).onComplete(verified))).await(10, TimeUnit.SECONDS);
    }

    private static String hs256(JWTClaimsSet claims) {
        return TestTokens.sign(claims, TestTokens.SECRET);
    }

    private static String sign(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        return sign(new JWSHeader(algorithm), signer);
    }

    private static String keyed(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws JOSEException {
        return sign(new JWSHeader.Builder(algorithm).keyID(keyId).build(), signer);
    }

    private static String sign(JWSHeader header, JWSSigner signer) throws JOSEException {
        return sign(header, ANN, signer);
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
