package dev.purser.api.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** An object with the named fields and no others. Its fields are numbered in the order of their names. */
final class ObjectType implements Type {

    static final int MOST_FIELDS = 64;

    private final List<Field> fields;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> oneOfThese;

    /** A field; {@code otherwise} is its value when the request does not name it. */
    record Field(String name, Type type, boolean required, @Nullable Object otherwise) {
    }

    /** {@code oneOfThese} are fields of which at least one must be there; empty when that does not matter. */
    ObjectType(Map<String, Field> byName, List<String> oneOfThese) {
        this.fields = List.copyOf(new TreeMap<>(byName).values());
        this.oneOfThese = List.copyOf(oneOfThese);
        for (Field field : fields) {
            indexes.put(field.name(), indexes.size());
        }
    }

    int size() {
        return fields.size();
    }

    /** The number of a field, or -1. */
    int indexOf(String name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    String nameOf(int index) {
        return fields.get(index).name();
    }

    Field field(int index) {
        return fields.get(index);
    }

    @Override
    public String expected() {
        return "a JSON object";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            return in.mismatch(this);
        }
        in.parser().nextToken();
        return readFrom(in, new Fields(this));
    }

    /** Reads on from a field's name, or from the end, into what is known already. */
    Fields readFrom(JsonReading in, Fields known) throws IOException {
        JsonParser parser = in.parser();
        while (parser.currentToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int index = indexOf(name);
            parser.nextToken();
            if (index < 0) {
                in.unexpected("only the fields " + String.join(", ", indexesInOrder()), "there is an unknown field");
            } else if (known.isSet(index)) {
                in.unexpected("each field once", "it comes again");
            } else {
                known.set(index, fields.get(index).type().read(in));
            }
            parser.nextToken();
        }
        complete(known, in.pointer(), in);
        return known;
    }

    /** Fills in what was left out, and notes what must not be. */
    void complete(Fields known, String where, Notes notes) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (known.isSet(i)) {
                continue;
            }
            if (field.required()) {
                notes.note(new Violation(where + "/" + field.name(), field.type().expected(), "it is missing"));
            } else if (field.otherwise() != null) {
                known.set(i, field.otherwise());
            }
        }
        if (!oneOfThese.isEmpty() && oneOfThese.stream().noneMatch(known::has)) {
            notes.note(new Violation(where, "at least one of " + String.join(", ", oneOfThese), "none is there"));
        }
    }

    private List<String> indexesInOrder() {
        return fields.stream().map(Field::name).toList();
    }
}
