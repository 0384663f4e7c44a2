package dev.purser.cluster;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Hold;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Lot;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Sendings;
import io.vertx.core.buffer.Buffer;

/**
 * The wire format of every message, derived once from the records themselves: a new command is a new record and nothing
 * else. Sealed types are told apart by the names of their members, enum constants by theirs.
 */
final class Formats {

    private final Map<Type, Format> known = new HashMap<>();

    Formats() {
        known.put(long.class, format((out, value) -> out.appendLong((Long) value), Format.Reader::readLong));
        known.put(int.class, format((out, value) -> out.appendInt((Integer) value), Format.Reader::readInt));
        known.put(boolean.class, format((out, value) -> out.appendByte((byte) ((Boolean) value ? 1 : 0)),
                in -> in.readByte() != 0));
        known.put(String.class, format((out, value) -> writeText(out, (String) value), Format.Reader::readText));
        known.put(Instant.class, format((out, value) -> {
            Instant instant = (Instant) value;
            out.appendLong(instant.getEpochSecond()).appendInt(instant.getNano());
        }, in -> Instant.ofEpochSecond(in.readLong(), in.readInt())));
        known.put(Duration.class, format((out, value) -> out.appendLong(((Duration) value).toMillis()),
                in -> Duration.ofMillis(in.readLong())));
        Format lots = many(of(Lot.class, Lot.class), ArrayList::new);
        known.put(Lots.class, format((out, value) -> lots.write(out, listOf((Lots) value)),
                in -> Lots.of(cast(lots.read(in)))));
        Format holds = many(of(Hold.class, Hold.class), ArrayList::new);
        // Only the node that decides needs to know what a wallet has sent.
        known.put(Sendings.class, format((out, value) -> {
        }, in -> Sendings.NONE));
        known.put(Holds.class, format((out, value) -> holds.write(out, listOf((Holds) value)),
                in -> Holds.of(cast(holds.read(in)))));
    }

    /** The format of a type that messages are made of. */
    Format of(Class<?> raw, Type type) {
        Format format = known.get(type);
        if (format == null) {
            format = derive(raw, type);
            known.put(type, format);
        }
        return format;
    }

    private Format derive(Class<?> raw, Type type) {
        if (raw.isEnum()) {
            Map<String, Object> constants = new HashMap<>();
            for (Object constant : raw.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name(), constant);
            }
            return format((out, value) -> writeText(out, ((Enum<?>) value).name()), in -> named(constants, in, raw));
        }
        if (raw.isSealed()) {
            return sealed(raw);
        }
        if (raw.isRecord()) {
            return new RecordFormat(raw, this);
        }
        if (Collection.class.isAssignableFrom(raw) && type instanceof ParameterizedType generic) {
            Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
            return many(of(element, element), raw == Set.class ? LinkedHashSet::new : ArrayList::new);
        }
        throw new IllegalArgumentException("Expected a type that can be sent, but met " + type);
    }

    private Format sealed(Class<?> raw) {
        Map<Class<?>, Format> byType = new HashMap<>();
        Map<String, Object> byName = new HashMap<>();
        for (Class<?> member : raw.getPermittedSubclasses()) {
            Format format = of(member, member);
            byType.put(member, format);
            byName.put(member.getSimpleName(), format);
        }
        return format((out, value) -> {
            writeText(out, value.getClass().getSimpleName());
            Format format = byType.get(value.getClass());
            if (format == null) {
                throw new IllegalArgumentException("Expected a kind of " + raw + ", but met " + value);
            }
            format.write(out, value);
        }, in -> ((Format) named(byName, in, raw)).read(in));
    }

    private static Object named(Map<String, Object> values, Format.Reader in, Class<?> raw) {
        String name = in.readText();
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Expected a kind of " + raw.getSimpleName() + ", but met " + name);
        }
        return value;
    }

    private static Format many(Format element, Function<Collection<Object>, Collection<Object>> toCollection) {
        return format((out, value) -> {
            Collection<?> elements = (Collection<?>) value;
            out.appendInt(elements.size());
            elements.forEach(each -> element.write(out, each));
        }, in -> {
            int count = in.readSize();
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(element.read(in));
            }
            return toCollection.apply(elements);
        });
    }

    private static <T> List<T> listOf(Iterable<T> elements) {
        List<T> list = new ArrayList<>();
        elements.forEach(list::add);
        return list;
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> cast(Object list) {
        return (List<T>) list;
    }

    private static void writeText(Buffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.appendInt(bytes.length).appendBytes(bytes);
    }

    static void writeNullable(Buffer out, Format format, @Nullable Object value) {
        if (value == null) {
            out.appendByte((byte) 0);
        } else {
            out.appendByte((byte) 1);
            format.write(out, value);
        }
    }

    static @Nullable Object readNullable(Format.Reader in, Format format) {
        return in.readByte() == 0 ? null : format.read(in);
    }

    private static Format format(BiConsumer<Buffer, Object> write, Function<Format.Reader, Object> read) {
        return new Format() {
            @Override
            public void write(Buffer out, Object value) {
                write.accept(out, value);
            }

            @Override
            public Object read(Reader in) {
                return read.apply(in);
            }
        };
    }
}
