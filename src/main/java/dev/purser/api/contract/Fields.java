package dev.purser.api.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The values of an object that was read against its type, by name. */
public final class Fields {

    private final ObjectType type;
    private final @Nullable Object[] values;
    private long present;

    Fields(ObjectType type) {
        this.type = type;
        this.values = new @Nullable Object[type.size()];
    }

    void set(int index, @Nullable Object value) {
        values[index] = value;
        present |= 1L << index;
    }

    boolean isSet(int index) {
        return (present & (1L << index)) != 0;
    }

    /** Whether the request named the field, if only to say null, or the contract has a default for it. */
    public boolean has(String name) {
        int index = type.indexOf(name);
        return index >= 0 && isSet(index);
    }

    public long integer(String name) {
        return (Long) required(name);
    }

    public long integer(String name, long otherwise) {
        return value(name) instanceof Long number ? number : otherwise;
    }

    public boolean flag(String name) {
        return value(name) instanceof Boolean flag && flag;
    }

    public String text(String name) {
        return (String) required(name);
    }

    public @Nullable String optionalText(String name) {
        return (String) value(name);
    }

    public @Nullable Instant optionalTime(String name) {
        return (Instant) value(name);
    }

    /** The elements of a list of objects. */
    public List<Fields> objects(String name) {
        return ((List<?>) required(name)).stream().map(Fields.class::cast).toList();
    }

    private Object required(String name) {
        return Objects.requireNonNull(value(name),
                () -> "Expected the contract to require " + name + ", but it does not");
    }

    private @Nullable Object value(String name) {
        int index = type.indexOf(name);
        return index < 0 ? null : values[index];
    }

    /**
     * Writes the values so that requests with the same meaning write the same, whatever their order and spacing.
     *
     * @param omitted fields that are left out
     */
    public void writeCanonical(StringBuilder to, Set<String> omitted) {
        to.append('{');
        for (int i = 0; i < values.length; i++) {
            if (isSet(i) && !omitted.contains(type.nameOf(i))) {
                to.append(type.nameOf(i)).append('=');
                writeCanonical(to, values[i], omitted);
                to.append(';');
            }
        }
        to.append('}');
    }

    private static void writeCanonical(StringBuilder to, @Nullable Object value, Set<String> omitted) {
        switch (value) {
            case Fields fields -> fields.writeCanonical(to, omitted);
            case List<?> list -> list.forEach(each -> writeCanonical(to, each, omitted));
            case String text -> to.append(text.length()).append(':').append(text);
            case null, default -> to.append(value);
        }
    }
}
