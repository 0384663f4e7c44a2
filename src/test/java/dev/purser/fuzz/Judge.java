package dev.purser.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.purser.fuzz.Wire.Reply;
import dev.purser.support.ContractDocument;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;

/** Holds an answer against what the contract promises. Belongs to one worker. */
final class Judge {

    private static final Pattern CODES = Pattern.compile("(?m)^\\| (`[^|]*) \\| (\\d{3}) \\|");
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    private final Validator problems;
    /** Each code with its status, as the contract's own table has them. */
    private final Map<String, Integer> codes = new HashMap<>();
    private final Map<JsonObject, Validator> schemas = new HashMap<>();

    Judge(ContractDocument contract) {
        problems = ContractDocument.validator(contract.schema("Problem"));
        Matcher rows = CODES.matcher(contract.json().getJsonObject("info").getString("description"));
        while (rows.find()) {
            int status = Integer.parseInt(rows.group(2));
            CODE.matcher(rows.group(1)).results().forEach(code -> codes.put(code.group(1), status));
        }
    }

    /** What is wrong with the answer, or null. A null reply is a connection that was closed without one. */
    @Nullable
    String fault(Draft draft, Expected expected, @Nullable Reply reply) {
        if (reply == null) {
            return expected.allowsClosing() ? null : "closed without an answer";
        }
        int status = reply.status();
        if (status == 429 || status == 503) {
            String refused = fault(reply);
            return refused == null && reply.header("retry-after") == null && reply.body().contains("\"retryable\":true")
                    ? "no Retry-After"
                    : refused;
        }
        if (!expected.allows(draft.operation, status)) {
            return "the status " + status + " was not expected";
        }
        String head = headFault(reply);
        if (head != null || draft.isHead() || status == 204 || status == Expected.OTHER_VERSION) {
            return head;
        }
        return status >= 400 ? fault(reply) : promiseFault(draft.operation, reply);
    }

    private static @Nullable String headFault(Reply reply) {
        if (reply.headers().stream().map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("injected") || line.contains("forged") || line.contains("evil"))) {
            return "a header was injected";
        }
        Set<String> names = new TreeSet<>();
        for (String line : reply.headers()) {
            if (!names.add(line.substring(0, Math.max(0, line.indexOf(':'))))) {
                return "a header comes twice: " + line;
            }
        }
        return reply.status() == Expected.OTHER_VERSION || names.contains("x-request-id") ? null : "no X-Request-Id";
    }

    /** Of a refusal. */
    private @Nullable String fault(Reply reply) {
        if (!"application/problem+json".equals(reply.header("content-type"))) {
            return "no problem+json, but " + reply.header("content-type");
        }
        try {
            JsonObject problem = new JsonObject(reply.body());
            String code = problem.getString("code");
            if (problem.getInteger("status") != reply.status()) {
                return "the body says another status";
            }
            if (!Integer.valueOf(reply.status()).equals(codes.get(code))) {
                return "the contract has no code " + code + " with the status " + reply.status();
            }
            return code.equals("unavailable") && "rejected".equals(problem.getString("reason"))
                    ? "the database refused what the rules had allowed"
                    : mismatch(problems.validate(problem));
        } catch (DecodeException | ClassCastException | NullPointerException malformed) {
            return "the problem is malformed";
        }
    }

    private @Nullable String promiseFault(Operation operation, Reply reply) {
        JsonObject promised = operation.replies().get(reply.status());
        if (promised == null) {
            // A path that has become another operation's.
            return null;
        }
        String type = String.valueOf(reply.header("content-type"));
        JsonObject media = promised.getJsonObject("content").getJsonObject(type.replace("; charset=utf-8", ""));
        if (media == null) {
            return "the type " + type + " is not promised";
        }
        if (!type.equals("application/json")) {
            return null;
        }
        try {
            return mismatch(schemas.computeIfAbsent(media.getJsonObject("schema"), ContractDocument::validator)
                    .validate(new JsonObject(reply.body())));
        } catch (DecodeException malformed) {
            return "the reply is not JSON";
        }
    }

    private static @Nullable String mismatch(OutputUnit result) {
        return Boolean.TRUE.equals(result.getValid()) ? null : "not as promised: " + List.of(result.toJson());
    }

    /** What is wrong with the second answer to a request with a key, or null. */
    @Nullable
    String replayFault(Reply first, @Nullable Reply second) {
        if (second == null) {
            return "closed without an answer";
        }
        if (second.status() == 429 || second.status() == 503) {
            return fault(second);
        }
        if (second.status() != first.status() || !second.body().equals(first.body())) {
            return "the repetition got another answer than " + first;
        }
        return "true".equals(second.header("idempotency-replayed")) ? null : "not marked as replayed";
    }
}
