package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.purser.api.contract.Contract;

class ProblemsTest {

    /** What happens below the API's own level is not in its contract. */
    private static final Set<ProblemCode> HTTP = Set.of(ProblemCode.MALFORMED_HTTP, ProblemCode.URI_TOO_LONG,
            ProblemCode.HEADERS_TOO_LARGE);

    @ParameterizedTest
    @EnumSource
    void shouldBeDocumented(ProblemCode code) {
        String line = Contract.load().text().lines()
                .filter(each -> each.startsWith("    | `") && each.contains("`" + code.text() + "`")).findFirst()
                .orElse(HTTP.contains(code) ? "| " + code.status() + " |" : "nowhere");
        assertThat(line).contains("| " + code.status() + " |");
    }
}
