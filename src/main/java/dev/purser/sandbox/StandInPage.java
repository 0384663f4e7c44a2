package dev.purser.sandbox;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One page of a list, newest first, by Stripe's cursors. */
final class StandInPage {

    private static final int FEW = 10;
    private static final int MOST = 100;

    private StandInPage() {
    }

    /** A cursor counts by where its object is, whether or not that one matches. */
    static StandInAnswer of(String kind, List<JsonObject> newestFirst, Predicate<JsonObject> matches,
            StandInRoutes.Call call) {
        StandInForm form = call.form();
        long limit = form.has("limit") ? form.whole("limit").orElse(0) : FEW;
        if (limit < 1 || limit > MOST) {
            return StandInAnswer.invalid("limit", "parameter_invalid_integer",
                    "Expected a limit from 1 to " + MOST + ", but got " + form.text("limit"));
        }
        String after = form.text("starting_after");
        String before = form.text("ending_before");
        if (after != null && before != null) {
            return StandInAnswer.invalid("ending_before", "parameter_unknown",
                    "You cannot use both starting_after and ending_before");
        }
        int cursor = after == null && before == null ? -1 : position(newestFirst, after == null ? before : after);
        if (cursor < 0 && (after != null || before != null)) {
            return StandInAnswer.invalid(after == null ? "ending_before" : "starting_after", "resource_missing",
                    "No such " + kind + ": '" + (after == null ? before : after) + "'");
        }
        List<JsonObject> range = before == null
                ? newestFirst.subList(cursor + 1, newestFirst.size())
                : newestFirst.subList(0, cursor).reversed();
        List<JsonObject> found = range.stream().filter(matches).filter(object -> isOfTime(object, form))
                .limit(limit + 1).toList();
        List<JsonObject> page = found.subList(0, (int) Math.min(limit, found.size()));
        return StandInAnswer.of(new JsonObject().put("object", "list").put("url", call.path())
                .put("has_more", found.size() > limit)
                .put("data", new JsonArray(before == null ? page : page.reversed())));
    }

    private static int position(List<JsonObject> objects, @Nullable String id) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).getString("id").equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOfTime(JsonObject object, StandInForm form) {
        long created = object.getLong("created");
        OptionalLong exactly = form.whole("created");
        return created >= form.whole("created[gte]").orElse(0) && created > form.whole("created[gt]").orElse(-1)
                && created <= form.whole("created[lte]").orElse(Long.MAX_VALUE)
                && created < form.whole("created[lt]").orElse(Long.MAX_VALUE)
                && (exactly.isEmpty() || exactly.getAsLong() == created);
    }
}
