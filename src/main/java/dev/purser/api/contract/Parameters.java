package dev.purser.api.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The parameters of an endpoint: those of its path in their order, and those of its query. */
final class Parameters {

    static final ObjectType NO_FIELDS = new ObjectType(Map.of(), List.of());

    private final ObjectType type;
    private final List<String> inPath;

    Parameters(ObjectType type, List<String> inPath) {
        this.type = type;
        this.inPath = List.copyOf(inPath);
    }

    Checked read(List<String> pathValues, @Nullable String query) {
        List<Violation> violations = new ArrayList<>(0);
        Fields fields = new Fields(type);
        for (int i = 0; i < inPath.size(); i++) {
            set(fields, inPath.get(i), pathValues.get(i), "path/", violations);
        }
        if (query != null && !query.isEmpty()) {
            readQuery(fields, query, violations);
        }
        type.complete(fields, "query", violations::add);
        return violations.isEmpty() ? new Checked.Valid(fields) : new Checked.Invalid(violations);
    }

    private void readQuery(Fields fields, String query, List<Violation> violations) {
        int start = 0;
        while (start <= query.length() && violations.isEmpty()) {
            int and = query.indexOf('&', start);
            int end = and < 0 ? query.length() : and;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            String name = query.substring(start, nameEnd);
            int index = type.indexOf(name);
            if (index < 0 || inPath.contains(name)) {
                violations.add(new Violation("query", "only the parameters " + namesInQuery(),
                        "there is " + Violation.shown(name)));
            } else if (fields.isSet(index)) {
                violations.add(new Violation("query/" + name, "it once", "it comes again"));
            } else {
                set(fields, name, query.substring(Math.min(nameEnd + 1, end), end), "query/", violations);
            }
            start = end + 1;
        }
    }

    private void set(Fields fields, String name, String raw, String place, List<Violation> violations) {
        int index = type.indexOf(name);
        Type expected = type.field(index).type();
        String text = PercentCoding.decode(raw);
        Object value = text == null ? null : expected.parse(text);
        if (value == null) {
            violations.add(new Violation(place + name, expected.expected(), "it is " + Violation.shown(raw)));
        } else {
            fields.set(index, value);
        }
    }

    private String namesInQuery() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            if (!inPath.contains(type.nameOf(i))) {
                names.add(type.nameOf(i));
            }
        }
        return names.isEmpty() ? "that are documented (none)" : String.join(", ", names);
    }
}
