package dev.purser.fuzz;

import java.util.List;

import io.vertx.core.json.JsonObject;

/** Everything that can be wrong with a path and a query. */
final class ParameterCards {

    private ParameterCards() {
    }

    static void deal(Cards cards) {
        Operation operation = cards.operation();
        for (Operation.Parameter parameter : operation.parametersIn("path")) {
            for (String text : Hostile.IN_URL) {
                cards.add(parameter.name() + " is " + text, Cards.ELSEWHERE,
                        draft -> draft.path.put(parameter.name(), text));
            }
        }
        for (Operation.Parameter parameter : operation.parametersIn("query")) {
            for (String text : Hostile.IN_URL) {
                cards.add(parameter.name() + " is " + text, expected(parameter.schema(), text),
                        draft -> set(draft, parameter.name() + "=" + text));
            }
            cards.add(parameter.name() + " twice", Cards.BAD_REQUEST, (draft, scene) -> {
                String good = parameter.name() + "="
                        + scene.samples.value(parameter.name(), parameter.schema()).replace("\"", "");
                set(draft, good + "&" + good);
            });
            cards.add(parameter.name() + " without a value", Cards.BAD_REQUEST, draft -> set(draft, parameter.name()));
        }
        for (String query : List.of("unknown=1", "&", "&&", "=", "=1", "?", "%", "%00=1", "a=1;b=2", "limit[]=1",
                "wallet_id[$ne]=x", "x=" + "y".repeat(7_000), "a=1&".repeat(1_000), "%0d%0aInjected:%20yes")) {
            cards.add("the query is " + query, Expected.Only.of(operation.open() ? 200 : 400, 400),
                    draft -> set(draft, query));
        }
        for (String suffix : List.of("/", "//", "/.", "/..", "%2f", "%00", ";x", ".json", "#x", "/%2e%2e/balance",
                "\\")) {
            // Below this one there are wallets, and a wallet's name may be a dot.
            if (!operation.path().endsWith("/wallets") || !suffix.matches("/[.]+")) {
                cards.add("the path ends with " + suffix, Cards.ELSEWHERE, draft -> {
                    draft.query.clear();
                    draft.target = draft.target() + suffix;
                });
            }
        }
        cards.add("the path in capitals", Expected.Only.of(404),
                draft -> draft.target = "/API/V1/TOKENS/BALANCE");
        cards.add("the path twice", Expected.Only.of(404), draft -> draft.target = "/" + draft.target());
        cards.add("an absolute address", Cards.PROMISED,
                draft -> draft.target = "http://evil.example" + draft.target());
        cards.add("a far too long address", Expected.Only.of(414),
                draft -> draft.target = draft.target() + "?x=" + "y".repeat(9_000));
    }

    private static void set(Draft draft, String query) {
        draft.query.clear();
        draft.query.add(query);
    }

    private static Expected expected(JsonObject schema, String text) {
        if (text.length() > 8_000) {
            return Expected.Only.of(414);
        }
        // What is encoded may mean something else than it says, and 05 is 5 in a URL.
        boolean wrong = "integer".equals(schema.getString("type")) && text.matches("[A-Za-z.+-]*")
                && !Hostile.isInteger(schema, text);
        return wrong ? Cards.BAD_REQUEST : Cards.PROMISED;
    }
}
