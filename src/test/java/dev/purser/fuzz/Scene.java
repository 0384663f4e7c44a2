package dev.purser.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.purser.fuzz.Wire.Reply;
import io.vertx.core.json.JsonObject;

/** What one worker knows of the world: wallets, open holds, cursors, and requests that were answered under a key. */
final class Scene {

    static final String SHARED = "shared";
    private static final int MOST_KEPT = 64;
    private static final int WALLETS = 24;
    private static final String BACKEND = "wallets:read wallets:charge wallets:credit";

    final Random random;
    final Samples samples;
    private final Tokens tokens;
    private final String name;
    private final Map<String, String> known = new HashMap<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<String> cursors = new ArrayList<>();
    private final List<Answered> answered = new ArrayList<>();
    private int keys;
    private int doomed;

    /** A hold, and whose it is. */
    record Hold(String wallet, String id) {
    }

    /** A request with a key, and what it was answered. */
    record Answered(Draft draft, Reply reply) {
    }

    Scene(String name, long seed, Tokens tokens) {
        this.name = name;
        this.random = new Random(seed);
        this.tokens = tokens;
        this.samples = new Samples(random, this);
    }

    Tokens tokens() {
        return tokens;
    }

    String token(String subject, String scopes) {
        return known.computeIfAbsent(subject + " " + scopes, _ -> tokens.of(subject, scopes));
    }

    String wallet() {
        int number = random.nextInt(WALLETS + 2);
        return number < WALLETS ? name + "-" + number : SHARED + "-" + number;
    }

    Hold hold() {
        return holds.isEmpty() ? new Hold(wallet(), "hold_0") : holds.get(random.nextInt(holds.size()));
    }

    String newKey() {
        return name + "-key-" + keys++;
    }

    /** A good request. */
    Draft draft(Operation operation) {
        Draft draft = new Draft(operation);
        Hold hold = hold();
        boolean onHold = operation.path().contains("{hold_id}");
        String wallet = onHold ? hold.wallet() : wallet();
        if (operation.id().equals("closeWallet") || operation.id().endsWith("freezeWallet")) {
            wallet = name + "-doomed-" + doomed++ / 16;
        }
        draft.token = operation.open() ? null : token(operation, wallet);
        for (Operation.Parameter parameter : operation.parametersIn("path")) {
            draft.path.put(parameter.name(), switch (parameter.name()) {
                case "hold_id" -> hold.id();
                // Its pattern has no hyphen, and a stranger shall be refused for being one.
                case "purchase_id" -> "cs_0";
                default -> wallet;
            });
        }
        for (Operation.Parameter parameter : operation.parametersIn("query")) {
            if (random.nextInt(4) == 0) {
                draft.query.add(parameter.name() + "=" + queryValue(parameter));
            }
        }
        if (operation.isKeyed() && random.nextBoolean()) {
            draft.key = newKey();
        }
        if (operation.body() != null) {
            draft.members.putAll(samples.members(operation.body()));
            draft.framing = random.nextInt(8) == 0 ? Draft.Framing.CHUNKED : Draft.Framing.LENGTH;
        }
        return draft;
    }

    private String token(Operation operation, String wallet) {
        if (operation.path().contains("/tokens/")) {
            return token(wallet, "");
        }
        if (operation.path().contains("/admin/") || operation.path().contains("/accounts/")) {
            return token("admin", "admin");
        }
        return switch (random.nextInt(8)) {
            case 0 -> token(wallet, "");
            case 1 -> token("stranger", "");
            default -> token("backend", BACKEND);
        };
    }

    private String queryValue(Operation.Parameter parameter) {
        if (parameter.name().equals("cursor") && !cursors.isEmpty()) {
            return cursors.get(random.nextInt(cursors.size()));
        }
        String value = samples.value(parameter.name(), parameter.schema()).replace("\"", "");
        return parameter.name().equals("limit") ? String.valueOf(1 + random.nextInt(200)) : value;
    }

    /** Takes in what an answer tells of the world. */
    void learn(Draft draft, Reply reply) {
        if (reply.status() >= 300 || reply.body().isEmpty() || !reply.body().startsWith("{")) {
            return;
        }
        JsonObject body = new JsonObject(reply.body());
        if (reply.status() == 201) {
            keep(holds, new Hold(body.getString("wallet_id"), body.getJsonObject("hold").getString("id")));
        }
        String cursor = body.getString("next_cursor");
        if (cursor != null) {
            keep(cursors, cursor);
        }
        if (draft.key != null && draft.operation.isReplayed()) {
            keep(answered, new Answered(draft, reply));
        }
    }

    @Nullable
    Answered answered() {
        return answered.isEmpty() ? null : answered.get(random.nextInt(answered.size()));
    }

    private <T> void keep(List<T> list, T item) {
        if (list.size() < MOST_KEPT) {
            list.add(item);
        } else {
            list.set(random.nextInt(MOST_KEPT), item);
        }
    }
}
