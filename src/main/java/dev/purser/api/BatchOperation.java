package dev.purser.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import io.vertx.core.Future;

/** Many operations in one request, each decided by itself. */
final class BatchOperation {

    private final WalletOperations operations;

    BatchOperation(WalletOperations operations) {
        this.operations = operations;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("batch", this::batch);
    }

    private Future<Answer> batch(Call call) {
        List<Fields> items = call.body().objects("operations");
        List<Future<Answer>> answers = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            answers.add(send(call, items.get(i), i));
        }
        return Future.all(answers).map(_ -> Answer.Json.ok(out -> out.put("results",
                WalletJson.each(answers, answer -> result(answer.result())))));
    }

    private Future<Answer> send(Call call, Fields item, int index) {
        Write write = Write.valueOf(item.text("type").toUpperCase(Locale.ROOT));
        String holdId = item.optionalText("hold_id");
        return operations.send(call.caller(), item.text("wallet_id"), key(call, item, index), write, item,
                holdId == null ? "" : holdId);
    }

    private static @Nullable String key(Call call, Fields item, int index) {
        String key = item.optionalText("idempotency_key");
        // A space is in no key that a client may give, so this one cannot be anybody else's.
        return key == null && call.key() != null ? call.key() + " " + index : key;
    }

    private static JsonBody result(Answer answer) {
        return out -> {
            out.put("status", answer.status());
            switch (answer) {
                case Answer.Json json -> {
                    if (json.replayed()) {
                        out.put("replayed", true);
                    }
                    out.put("body", json.body());
                }
                case Problem problem -> out.put("problem", (JsonBody) problem.ofWrite());
                case Answer.Document _,CsvExport _ ->
                    throw new IllegalStateException("Expected JSON from an operation, but " + answer);
            }
        };
    }
}
