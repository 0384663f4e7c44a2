package dev.purser.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.purser.api.contract.RouteTable.Match;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Scope;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ContractTest {

    private static final Contract CONTRACT = Contract.load();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "maximum: 604800|exclusiveMaximum: 604800|exclusiveMaximum",
            "format: date-time|format: date|the format date-time",
            "pattern: \"^[A-Za-z0-9_-]+$\"|pattern: \"^a+$\"|a pattern of the form",
            "in: query|in: cookie|a parameter in path, query or header",
            "operationId: spendOwn|operationId: spend|each operationId once",
            "additionalProperties: false|additionalProperties: maybe|additionalProperties to be false or true",
            "url: /api/v1|url: https://x.example|one server whose url is a path",
            "operationId: spendOwn|deprecated: true|one of the keywords",
            "type: string|type: number|a type that requests may have"})
    void shouldStopAtWhatItWouldNotObey(String kept, String changed, String expected) {
        String text = CONTRACT.text();
        int at = kept.equals("type: string") ? text.indexOf("    HoldId:\n      type: string") : 0;
        String other = text.substring(0, at) + text.substring(at).replaceFirst(Pattern.quote(kept),
                Matcher.quoteReplacement(changed));
        assertThatThrownBy(() -> Contract.of(other)).hasMessageContaining(expected);
    }

    @Test
    void shouldNameWhatTheWalletRoomNames() {
        for (EntryKind kind : EntryKind.values()) {
            assertThat(read("getOwnHistory", "kind=" + kind.text())).as(kind.text()).isInstanceOf(Checked.Valid.class);
        }
        for (LotSource source : LotSource.values()) {
            assertThat(body("credit", "{\"amount\":1,\"reason\":\"r\",\"source\":\"%s\"}".formatted(source.text())))
                    .as(source.text()).isInstanceOf(Checked.Valid.class);
        }
        for (Scope scope : Scope.values()) {
            assertThat(CONTRACT.text()).contains("`" + scope.text() + "`");
        }
    }

    @Test
    void shouldRoute() {
        assertThat(CONTRACT.routes().find("POST", "/api/v1/wallets/w/holds/h/settle"))
                .isInstanceOfSatisfying(Match.Found.class, found -> {
                    assertThat(found.endpoint().id()).isEqualTo("settleHold");
                    assertThat(found.pathValues()).containsExactly("w", "h");
                });
        assertThat(CONTRACT.routes().find("HEAD", "/api/v1/tokens/balance")).isInstanceOf(Match.Found.class);
        assertThat(CONTRACT.routes().find("DELETE", "/api/v1/accounts/a"))
                .isEqualTo(new Match.OtherMethods(List.of("GET", "PUT", "HEAD", "OPTIONS")));
        for (String path : List.of("", "/", "/api/v1", "/api/v1/", "/tokens/balance", "/api/v1x/tokens/balance",
                "/api/v1/wallets", "/api/v1/wallets/w", "/api/v1/wallets/w/balance/")) {
            assertThat(CONTRACT.routes().find("GET", path)).as(path).isInstanceOf(Match.Nothing.class);
        }
    }

    @Test
    void shouldNotCareForOrderOrSpaces() {
        String one = canonical(body("spend", "{\"amount\":1,\"metadata\":{\"a\":[1, 2],\"b\":null}}"));
        String two = canonical(body("spend", " {\"metadata\" : { \"b\":null, \"a\":[1,2]}, \"amount\":1 }"));
        String three = canonical(body("spend", "{\"amount\":1,\"metadata\":{\"a\":[2,1],\"b\":null}}"));
        assertThat(one).isEqualTo(two).isNotEqualTo(three);
        assertThat(canonical(body("spend", "{\"amount\":1,\"description\":\"a;amount=2\"}")))
                .isNotEqualTo(canonical(body("spend", "{\"amount\":1,\"description\":\"a\"}")));
    }

    @Property(tries = 2_000)
    void shouldNeverThrowAtBytes(@ForAll byte[] bytes) {
        assertThat(endpoint("spend").readBody(bytes)).isNotNull();
        byte[] inside = ("{\"operations\":[{\"type\":\"" + new String(bytes, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(endpoint("batch").readBody(inside)).isInstanceOf(Checked.Invalid.class);
    }

    @Property(tries = 2_000)
    void shouldTakeEveryAmountThatIsPositive(@ForAll long amount) {
        assertThat(body("spend", "{\"amount\":" + amount + "}") instanceof Checked.Valid).isEqualTo(amount > 0);
    }

    @Property(tries = 1_000)
    void shouldNeverThrowAtUrls(@ForAll String text) {
        assertThat(endpoint("getHistory").readParameters(List.of(text), text)).isNotNull();
        assertThat(CONTRACT.routes().find(text, "/api/v1/" + text)).isNotNull();
    }

    private static Checked body(String operationId, String json) {
        return endpoint(operationId).readBody(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Checked read(String operationId, String query) {
        return endpoint(operationId).readParameters(List.of(), query);
    }

    private static Endpoint endpoint(String id) {
        return CONTRACT.endpoints().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static String canonical(Checked checked) {
        StringBuilder text = new StringBuilder();
        ((Checked.Valid) checked).fields().writeCanonical(text, Set.of());
        return text.toString();
    }
}
