package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.support.Defaults;

class StripeSignatureTest {

    private static final byte[] BODY = "{\"id\":\"evt_1\",\"object\":\"event\"}".getBytes(StandardCharsets.UTF_8);
    /** What another implementation (openssl dgst -sha256 -hmac) makes of the secret, the time and the body. */
    private static final String BY_OPENSSL = "e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4";
    private static final long TIME = 1_795_900_000L;

    private final StripeSignature signature = at(TIME, "whsec_of_the_old_endpoint", "whsec_of_the_new_endpoint");

    private static StripeSignature at(long seconds, String... secrets) {
        return new StripeSignature(new StripeSettings(List.of(secrets), false, Duration.ofMinutes(5), null, null,
                Duration.ofSeconds(1), Defaults.BUYERS, List.of(), Defaults.UPKEEP, GivenOnPolicy.DEBT),
                InstantSource.fixed(Instant.ofEpochSecond(seconds)));
    }

    @Test
    void shouldKnowASignatureThatAnotherImplementationMade() {
        assertThat(signature.isValid("t=" + TIME + ",v1=" + BY_OPENSSL, BODY)).isTrue();
    }

    @Test
    void shouldTakeAnyOfSeveralSecretsAndSignatures() {
        assertThat(signature.isValid("t=" + TIME + ",v1=" + "0".repeat(64) + ",v0=x,v1=" + BY_OPENSSL, BODY)).isTrue();
        assertThat(at(TIME, "whsec_of_the_old_endpoint").isValid("t=" + TIME + ",v1=" + BY_OPENSSL, BODY)).isFalse();
        assertThat(at(TIME).isValid("t=" + TIME + ",v1=" + BY_OPENSSL, BODY)).isFalse();
    }

    @Test
    void shouldRefuseAnotherBody() {
        byte[] other = BODY.clone();
        other[8] ^= 1;
        assertThat(signature.isValid("t=" + TIME + ",v1=" + BY_OPENSSL, other)).isFalse();
    }

    @Test
    void shouldRefuseWhatIsTooOldOrFromTheFuture() {
        String header = "t=" + TIME + ",v1=" + BY_OPENSSL;
        assertThat(at(TIME + 300, "whsec_of_the_new_endpoint").isValid(header, BODY)).isTrue();
        assertThat(at(TIME + 301, "whsec_of_the_new_endpoint").isValid(header, BODY)).isFalse();
        assertThat(at(TIME - 301, "whsec_of_the_new_endpoint").isValid(header, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=", "t=1795900000",
            "v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4",
            "t=-5,v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4", "t=17959000001795900000,v1=a",
            "t=1795900001,v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4",
            "t=1795900000,v0=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4",
            "t=1795900000;v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4", "t=1795900000,v1=",
            "t=1795900000,v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e40",
            "t=1795900000,t=1795900001,v1=e1b425695225e60cbfc063c12f37f100a034ea46af6eba48fee7dd918fd5e6e4"})
    void shouldRefuseWhatIsWrittenOtherwise(String header) {
        assertThat(signature.isValid(header, BODY)).isFalse();
    }
}
