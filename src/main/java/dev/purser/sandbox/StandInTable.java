package dev.purser.sandbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/** Objects of one kind by their ids. There is room for so many; the eldest gives way. */
final class StandInTable {

    static final int MOST = 10_000;

    private final String kind;
    private final Map<String, JsonObject> objects = bounded();

    StandInTable(String kind) {
        this.kind = kind;
    }

    static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST;
            }
        };
    }

    void put(JsonObject object) {
        objects.put(object.getString("id"), object);
    }

    @Nullable
    JsonObject find(String id) {
        return objects.get(id);
    }

    /** As they are now, the eldest first. */
    List<JsonObject> all() {
        return List.copyOf(objects.values());
    }

    StandInAnswer show(StandInRoutes.Call call) {
        return with(call.id(), StandInAnswer::of);
    }

    StandInAnswer with(String id, Function<JsonObject, StandInAnswer> then) {
        JsonObject object = objects.get(id);
        return object == null ? StandInAnswer.missing(kind, id) : then.apply(object);
    }

    /** @param filters fields that must be as the call says, if it does */
    StandInAnswer list(StandInRoutes.Call call, String... filters) {
        return list(call, object -> Arrays.stream(filters).allMatch(name -> {
            String wanted = call.form().text(name);
            return wanted == null || wanted.equals(object.getString(name));
        }));
    }

    StandInAnswer list(StandInRoutes.Call call, Predicate<JsonObject> matches) {
        List<JsonObject> newestFirst = all().reversed();
        return StandInPage.of(kind, newestFirst, matches, call);
    }
}
