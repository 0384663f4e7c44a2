package dev.purser.sandbox;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/** What a request says: its parameters by their names, such as {@code metadata[wallet_id]}. */
record StandInForm(MultiMap values) {

    /** Empty is the same as not there, as for Stripe. */
    @Nullable
    String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A number that is not negative; empty if it is anything else. */
    OptionalLong whole(String name) {
        String value = text(name);
        return value != null && value.matches("\\d{1,15}")
                ? OptionalLong.of(Long.parseLong(value))
                : OptionalLong.empty();
    }

    /** By itself or as {@code name[...]}. */
    boolean has(String name) {
        return values.names().stream().anyMatch(other -> other.equals(name) || other.startsWith(name + "["));
    }

    /** All that is called {@code name[...]}, without what is nested deeper. */
    JsonObject part(String name) {
        JsonObject part = new JsonObject();
        for (Map.Entry<String, String> entry : values.entries()) {
            String key = entry.getKey();
            if (key.startsWith(name + "[") && key.indexOf(']', name.length()) == key.length() - 1) {
                part.put(key.substring(name.length() + 1, key.length() - 1), entry.getValue());
            }
        }
        return part;
    }

    /** Of {@code name[]} or {@code name[0]}, {@code name[1]} and so on. */
    List<String> list(String name) {
        return values.entries().stream()
                .filter(entry -> entry.getKey().startsWith(name + "[") && entry.getKey().endsWith("]"))
                .map(Map.Entry::getValue).toList();
    }

    /** Two forms that ask for the same are written in the same way. */
    String written() {
        return values.entries().stream().map(Map.Entry::toString).sorted().toList().toString();
    }
}
