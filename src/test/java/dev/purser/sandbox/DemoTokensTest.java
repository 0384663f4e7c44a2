package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.junit.jupiter.api.Test;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

class DemoTokensTest {

    private static final String SECRET = "a-secret-that-is-used-in-this-test-only";
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void shouldSignForOwnersWithoutAScope() throws Exception {
        JWTClaimsSet claims = verified(new DemoTokens(SECRET, null, null, NOW).of(DemoUser.ALICE));

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(30))));
        assertThat(claims.getClaims()).containsOnlyKeys("sub", "iat", "exp");
    }

    @Test
    void shouldSignForServicesWithTheirScopes() throws Exception {
        DemoTokens tokens = new DemoTokens(SECRET, "https://id.example", "purser", NOW);

        JWTClaimsSet backend = verified(tokens.of(DemoUser.BACKEND));

        assertThat(backend.getStringClaim("scope")).isEqualTo("wallets:read wallets:charge wallets:credit");
        assertThat(backend.getIssuer()).isEqualTo("https://id.example");
        assertThat(backend.getAudience()).containsExactly("purser");
        assertThat(verified(tokens.of(DemoUser.ADMIN)).getStringClaim("scope")).contains("admin");
    }

    @Test
    void shouldNotSignWithAShortSecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoTokens("short", null, null, NOW))
                .withMessageContaining("at least 32 bytes").withMessageNotContaining("\"short\"");
    }

    @Test
    void shouldOfferEveryTokenToAShell() {
        assertThat(new DemoTokens(SECRET, null, null, NOW).asShellVariables().lines())
                .hasSize(DemoUser.values().length).allMatch(line -> line.matches("export [A-Z]+=[\\w.-]+"));
    }

    @Test
    void shouldShowWhatToTryFirst() {
        Banner banner = new Banner("http://localhost:8080", "http://localhost:9090",
                "an embedded PostgreSQL in .purser",
                Path.of(".purser", "tokens.env"), "aaa.bbb.ccc");

        assertThat(banner.text()).contains("export ALICE=aaa.bbb.ccc\n",
                "curl -s -H \"Authorization: Bearer $ALICE\" http://localhost:8080/api/v1/tokens/balance\n",
                "http://localhost:9090/health/ready", "an embedded PostgreSQL in .purser", "source .purser/tokens.env");
        assertThat(banner.text().indexOf("http://localhost:8080/ ")).isPositive()
                .isLessThan(banner.text().indexOf("http://localhost:8080/admin "));
        assertThat(banner.text().lines()).allMatch(line -> line.length() <= 120);
    }

    private static JWTClaimsSet verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(jwt.verify(new MACVerifier(SECRET.getBytes(StandardCharsets.UTF_8)))).isTrue();
        return jwt.getJWTClaimsSet();
    }
}
