package dev.purser.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A part of the file. What is wrong with a value is noted, and a value that will do takes its place. */
record Section(String path, Map<?, ?> values, List<String> problems) {

    /** Small enough for all that is reckoned with it to be a number as well. */
    private static final long LARGEST = 1_000_000_000_000L;

    /** Notes each value of another name than these. */
    void allow(Set<String> names) {
        for (Object name : values.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                problems.add(at(String.valueOf(name)) + ": expected only " + names.stream().sorted().toList()
                        + ", but found this");
            }
        }
    }

    long number(String name) {
        return number(name, 1, LARGEST);
    }

    long number(String name, long least, long most) {
        String text = text(name);
        if (text.matches("0|[1-9]\\d{0,12}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        wrong(name, "a whole number from " + least + " to " + most, text);
        return 1;
    }

    /** True or false; false if nothing is said. */
    boolean flag(String name) {
        String text = text(name);
        if (!text.matches("|true|false")) {
            wrong(name, "true or false", text);
        }
        return text.equals("true");
    }

    String currency(String name) {
        return matching(name, "[a-z]{3}", "three small letters, such as usd");
    }

    String name(String name) {
        return matching(name, "[a-z0-9][a-z0-9_-]{0,63}", "small letters, digits, _ and -, at most 64");
    }

    private String matching(String name, String pattern, String expected) {
        String text = text(name);
        if (!text.matches(pattern)) {
            wrong(name, expected, text);
        }
        return text;
    }

    Section section(String name) {
        if (values.get(name) instanceof Map<?, ?> section) {
            return new Section(at(name), section, problems);
        }
        problems.add(at(name) + ": expected a section, but found " + shown(values.get(name)));
        return new Section(at(name), Map.of(), new ArrayList<>());
    }

    /** At least one. */
    List<Section> sections(String name) {
        List<Section> sections = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object each : list) {
                String place = at(name) + "[" + sections.size() + "]";
                sections.add(new Section(place, each instanceof Map<?, ?> section ? section : Map.of(), problems));
            }
        }
        if (sections.isEmpty()) {
            problems.add(at(name) + ": expected a list of at least one, but found " + shown(values.get(name)));
        }
        return sections;
    }

    void wrong(String name, String expected, String found) {
        problems.add(at(name) + ": expected " + expected + ", but found "
                + (found.isEmpty() ? "nothing" : '"' + found + '"'));
    }

    private String text(String name) {
        return values.get(name) instanceof String text ? text.strip() : "";
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "nothing" : '"' + value.toString() + '"';
    }
}
