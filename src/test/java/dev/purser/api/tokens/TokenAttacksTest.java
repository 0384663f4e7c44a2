package dev.purser.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.purser.api.TestTokens;
import dev.purser.wallet.Authority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** Tokens that are made to be believed and must not be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttacksTest {

    private static final JWTClaimsSet ANN = TestTokens.claims("ann").build();

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();

    @AfterAll
    void close() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseWhatIsForged() throws Exception {
        TokenVerifier tokens = verifier(new TokenSettings.Secret(TestTokens.SECRET), null, null);
        assertThat(verify(tokens, ForgedTokens.good())).isInstanceOf(Verification.Valid.class);
        SoftAssertions softly = new SoftAssertions();
        for (var token : ForgedTokens.all().entrySet()) {
            softly.assertThat(verify(tokens, token.getValue())).as(token.getKey())
                    .isInstanceOf(Verification.Invalid.class);
        }
        softly.assertAll();
    }

    @Test
    void shouldRefuseSignaturesThatFitEveryText() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        TokenVerifier tokens = verifier(new TokenSettings.PublicKey(key.toECPublicKey()), null, null);
        SignedJWT good = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), ANN);
        good.sign(new ECDSASigner(key));
        assertThat(verify(tokens, good.serialize())).isInstanceOf(Verification.Valid.class);
        String text = good.serialize().substring(0, good.serialize().lastIndexOf('.') + 1);
        BigInteger order = ((ECPublicKey) key.toPublicKey()).getParams().getOrder();
        List<BigInteger> numbers = List.of(BigInteger.ZERO, BigInteger.ONE, order, order.subtract(BigInteger.ONE),
                order.add(BigInteger.ONE));
        for (BigInteger r : numbers) {
            for (BigInteger s : numbers) {
                assertThat(verify(tokens, text + signature(r, s))).as("r %s, s %s", r, s)
                        .isInstanceOf(Verification.Invalid.class);
            }
        }
        byte[] inDer = ECDSA.transcodeSignatureToDER(good.getSignature().decode());
        assertThat(verify(tokens, text + Base64URL.encode(inDer))).isInstanceOf(Verification.Invalid.class);
        for (int length : new int[]{0, 1, 63, 65, 96, 128}) {
            assertThat(verify(tokens, text + Base64URL.encode(new byte[length])))
                    .isInstanceOf(Verification.Invalid.class);
        }
    }

    private static Base64URL signature(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        for (int i = 0; i < 32; i++) {
            both[31 - i] = r.shiftRight(8 * i).byteValue();
            both[63 - i] = s.shiftRight(8 * i).byteValue();
        }
        return Base64URL.encode(both);
    }

    @Test
    void shouldRefuseKeysOfAnotherKind() throws Exception {
        ECKey ours = new ECKeyGenerator(Curve.P_256).generate();
        ECKey larger = new ECKeyGenerator(Curve.P_384).generate();
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        TokenVerifier tokens = verifier(new TokenSettings.PublicKey(ours.toECPublicKey()), null, null);
        assertThat(verify(tokens, signed(new JWSHeader(JWSAlgorithm.ES384), new ECDSASigner(larger))))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(verify(tokens, signed(new JWSHeader(JWSAlgorithm.RS256), new RSASSASigner(rsa))))
                .isInstanceOf(Verification.Invalid.class);
        for (byte[] secret : List.of(ours.toECPublicKey().getEncoded(), ours.getX().decode(),
                ours.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            assertThat(verify(tokens, signed(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret))))
                    .as("the public key as a secret").isInstanceOf(Verification.Invalid.class);
        }
    }

    @Test
    void shouldAskNobodyWhomATokenNames() throws Exception {
        RSAKey ours = new RSAKeyGenerator(2048).keyID("ours").generate();
        RSAKey theirs = new RSAKeyGenerator(2048).keyID("theirs").generate();
        AtomicInteger askedUs = new AtomicInteger();
        AtomicInteger askedThem = new AtomicInteger();
        HttpServer us = serve(askedUs, new JWKSet(ours.toPublicJWK()).toString());
        HttpServer them = serve(askedThem, new JWKSet(theirs.toPublicJWK()).toString());
        URI theirUrl = URI.create("http://127.0.0.1:" + them.actualPort() + "/keys");
        TokenVerifier tokens = verifier(new TokenSettings.Jwks(
                URI.create("http://127.0.0.1:" + us.actualPort() + "/keys"), Duration.ofSeconds(30),
                Duration.ofSeconds(2)), null, null);
        assertThat(verify(tokens, signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ours").build(),
                new RSASSASigner(ours)))).isInstanceOf(Verification.Valid.class);
        for (String kid : List.of("ours", "theirs", "../theirs", theirUrl.toString(), "' or '1'='1", "", "OURS",
                "ours ",
                "x".repeat(4_000))) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).jwkURL(theirUrl)
                    .x509CertURL(theirUrl).jwk(theirs.toPublicJWK()).build();
            assertThat(verify(tokens, signed(header, new RSASSASigner(theirs)))).as(kid)
                    .isInstanceOf(Verification.Invalid.class);
        }
        assertThat(askedUs).as("not once for each key that nobody has").hasValue(1);
        assertThat(askedThem).hasValue(0);
        us.close().await(10, TimeUnit.SECONDS);
        them.close().await(10, TimeUnit.SECONDS);
    }

    private HttpServer serve(AtomicInteger asked, String text) throws TimeoutException {
        return vertx.createHttpServer().requestHandler(request -> {
            asked.incrementAndGet();
            request.response().end(text);
        }).listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldHoldIssuerAndAudienceToTheLetter() throws Exception {
        TokenVerifier strict = verifier(new TokenSettings.Secret(TestTokens.SECRET), "https://me", "purser");
        assertThat(verify(strict, of(TestTokens.claims("ann").issuer("https://me").audience("purser"))))
                .isInstanceOf(Verification.Valid.class);
        for (Object issuer : List.of("https://me/", "https://ME", "https://me.evil.example", "",
                List.of("https://me"))) {
            assertThat(verify(strict, of(TestTokens.claims("ann").claim("iss", issuer).audience("purser"))))
                    .as("issuer %s", issuer).isInstanceOf(Verification.Invalid.class);
        }
        for (Object audience : List.of("", "Purser", "purser ", "purser2", "x,purser", "x purser", List.of(),
                List.of("x"), List.of(List.of("purser")))) {
            assertThat(verify(strict, of(TestTokens.claims("ann").issuer("https://me").claim("aud", audience))))
                    .as("audience %s", audience).isInstanceOf(Verification.Invalid.class);
        }
        assertThat(verify(strict, of(TestTokens.claims("ann").issuer("https://me"))))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldRememberNoMoreThanItHasRoomFor() {
        TokenMemory memory = new TokenMemory(3 * (1 + TokenMemory.BYTES_BESIDE));
        Identity ann = new Identity(new Authority.Caller("ann", Set.of()), NOON.plusSeconds(60));
        for (String token : List.of("1", "2", "3", "4")) {
            memory.put(token, ann);
        }
        assertThat(memory.find("1", NOON)).isEqualTo(ann);
        assertThat(memory.find("2", NOON.plusSeconds(60))).as("expired").isNull();
        for (String token : List.of("5", "6", "7")) {
            memory.put(token, ann);
        }
        assertThat(memory.find("2", NOON)).as("not used since there was no more room").isNull();
        assertThat(memory.find("1", NOON)).as("used since").isEqualTo(ann);
        memory.put("x".repeat(1_000), ann);
        memory.put("y".repeat(1_000), ann);
        assertThat(memory.find("x".repeat(1_000), NOON)).as("each of these fills a half").isNull();
    }

    private TokenVerifier verifier(TokenSettings.Keys keys, @Nullable String issuer,
            @Nullable String audience) {
        return TokenVerifier.of(vertx, new TokenSettings(keys, issuer, audience),
                id -> id.matches("[A-Za-z0-9._+-]{1,128}"),
                new TokenMemory(), Instant::now);
    }

    private static Verification verify(TokenVerifier tokens, String token) throws TimeoutException {
        return tokens.verify(token).await(10, TimeUnit.SECONDS);
    }

    private static String of(JWTClaimsSet.Builder claims) {
        return TestTokens.sign(claims.build(), TestTokens.SECRET);
    }

    private static String signed(JWSHeader header, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, ANN);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
