package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnUrlsTest {

    private final ReturnUrls anywhere = ReturnUrls.anywhere();
    private final ReturnUrls development = new ReturnUrls(true, List.of());
    private final ReturnUrls restricted = new ReturnUrls(true,
            List.of("https://App.example", "https://shop.example:8443", "http://localhost:3000",
                    "https://b.example:443"));

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example", "https://app.example/", "HTTPS://App.Example/a/b?c=d&e=%20#f",
            "https://app.example:8443/x", "https://192.0.2.7/", "https://[2001:db8::1]:8443/",
            "https://app.example/?id={CHECKOUT_SESSION_ID}", "https://app.example/{CHECKOUT_SESSION_ID}?a=b",
            "https://xn--bcher-kva.example/"})
    void shouldAllowAnyPlaceOverTls(String url) {
        assertThat(anywhere.allows(url)).isTrue();
        assertThat(development.allows(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://LOCALHOST:3000/a", "http://127.0.0.1:8080/",
            "http://127.1.2.3/",
            "http://[::1]:3000/a?b"})
    void shouldAllowThisMachineInDevelopmentOnly(String url) {
        assertThat(development.allows(url)).isTrue();
        assertThat(anywhere.allows(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/bought", "bought", "//app.example/", "app.example", "?a", "#a", "https:",
            "https:/",
            "https://", "https:///a", "https:app.example", "https:/app.example", "https://?a", "https://:443/",
            "javascript:alert(1)", "JavaScript:alert(1)", "javascript://app.example/%0aalert(1)", "data:text/html,a",
            "vbscript:a", "file:///etc/passwd", "ftp://app.example/", "mailto:a@app.example",
            "blob:https://app.example/a",
            "view-source:https://app.example", "http://app.example/", "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/", "http://127.0.0.1@evil.example/", "http://localhost@evil.example/",
            "http://0.0.0.0/", "http://10.0.0.1/", "http://2130706433/", "http://[::ffff:127.0.0.1]/",
            "https://user@app.example/", "https://user:password@app.example/", "https://@app.example/",
            "https://app.example@evil.example/", "https://app.example:443@evil.example/",
            "https://app.example%40evil.example/", "https://app.example\\@evil.example/",
            "https://app.example\\.evil.example/", "https:\\\\app.example", "https://app.example/a b",
            "https://app.example/\n", "\nhttps://app.example/", "https://app.example/\r\nSet-Cookie: a=b",
            "https://app.example/\u0000", "java\nscript:alert(1)", "https://app.example/\t",
            "https://app\u00ad.example/",
            "https://\u0430pp.example/", "https://app.example/\u202e", "https://app.example\u3002evil.example/",
            "https://app.example:99999/", "https://app.example:-1/", "https://app.example:port/",
            "https://app_.example/",
            "https://{CHECKOUT_SESSION_ID}.evil.example/", "https://{CHECKOUT_SESSION_ID}", "{CHECKOUT_SESSION_ID}",
            "https://app.example/{OTHER}", "https://app.example/{", "https://app.example/<script>",
            "https://app.example/\"onload=a", "https://app.example/%", "https://app.example/%zz", "https://[::1/",
            "https://[::1]evil.example/", "https://-/"})
    void shouldAllowNothingElse(String url) {
        assertThat(anywhere.allows(url)).isFalse();
        assertThat(development.allows(url)).isFalse();
        assertThat(restricted.allows(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example/a", "https://APP.example:443/a", "https://shop.example:8443/a",
            "http://localhost:3000/a", "https://b.example/a", "https://b.example:443"})
    void shouldAllowTheOriginsThatAreNamed(String url) {
        assertThat(restricted.allows(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "https://app.example.evil.example/", "https://app.example:444/",
            "https://app.example./", "https://sub.app.example/", "https://evil.example/https://app.example",
            "https://evil.example?https://app.example", "https://evil.example#https://app.example",
            "https://shop.example/", "http://localhost:3001/", "http://localhost/", "https://localhost:3000/",
            "http://app.example/"})
    void shouldAllowNoOtherThanThose(String url) {
        assertThat(restricted.allows(url)).isFalse();
    }

    @Test
    void shouldNotAllowPlainHttpThatIsNamedOutsideOfDevelopment() {
        ReturnUrls production = new ReturnUrls(false, List.of("http://localhost:3000", "http://app.example"));
        assertThat(production.allows("http://localhost:3000/")).isFalse();
        assertThat(production.allows("http://app.example/")).isFalse();
        assertThat(production.allows("https://app.example/")).isFalse();
    }

    @Test
    void shouldSayWhatIsExpected() {
        assertThat(anywhere.expected()).isEqualTo("an absolute https URL without a user in it");
        assertThat(development.expected())
                .isEqualTo("an absolute https URL (or http on this machine) without a user in it");
        assertThat(restricted.expected()).endsWith(" at one of [http://localhost:3000, https://app.example,"
                + " https://b.example, https://shop.example:8443]");
    }
}
