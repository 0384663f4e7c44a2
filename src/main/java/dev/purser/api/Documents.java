package dev.purser.api;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Contract;

/** What there is to read outside of {@code /api/v1}. */
final class Documents {

    private final Answer contract;
    private static final Answer INDEX = new Answer.Document("text/plain; charset=utf-8", """
            Purser, a token-wallet service.

            The API is below /api/v1 and described in /openapi.yaml (OpenAPI 3.1).
            """);

    Documents(Contract contract) {
        this.contract = contract(contract);
    }

    static Answer contract(Contract contract) {
        return new Answer.Document("application/yaml", contract.text());
    }

    /** The document at a path, if there is one. */
    @Nullable
    Answer find(String path) {
        return switch (path) {
            case "/" -> INDEX;
            case "/openapi.yaml" -> contract;
            default -> null;
        };
    }
}
