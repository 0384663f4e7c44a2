package dev.purser.api;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Contract;
import io.vertx.core.http.HttpServerRequest;

/** What there is to read outside of {@code /api/v1}: the contract, and the pages with all that they need. */
final class Documents {

    private final Answer contract;
    private final Map<String, WebFile> files = WebFolder.FILES;

    Documents(Contract contract) {
        this.contract = contract(contract);
    }

    static Answer contract(Contract contract) {
        return Answer.Document.of("application/yaml", contract.text());
    }

    /** The document at a path, as this request wants it, if there is one. */
    @Nullable
    Answer find(String path, HttpServerRequest request) {
        if (path.equals("/openapi.yaml")) {
            return contract;
        }
        WebFile file = files.get(path);
        return file == null ? null : file.answer(request);
    }
}
