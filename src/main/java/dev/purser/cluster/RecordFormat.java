package dev.purser.cluster;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;

/**
 * A record on the wire: its length, then its components in order. A node of a newer version may append components; an
 * older one skips what it does not know, and a newer one takes null, 0 or false for what an older one did not send; so what
 * is appended may be null, or is a number or a flag.
 */
final class RecordFormat implements Format {

    private static final int LENGTH_BYTES = 4;

    private final MethodHandle constructor;
    private final MethodHandle[] accessors;
    private final Format[] formats;
    private final @Nullable Object[] absent;
    private final RecordComponent[] components;
    private final boolean[] mayBeNull;

    RecordFormat(Class<?> type, Formats formats) {
        this.components = type.getRecordComponents();
        this.mayBeNull = new boolean[components.length];
        this.accessors = new MethodHandle[components.length];
        this.formats = new Format[components.length];
        this.absent = new Object[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            for (int i = 0; i < components.length; i++) {
                this.accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                this.formats[i] = formats.of(raw(components[i].getGenericType()), components[i].getGenericType());
                this.absent[i] = absent(components[i].getType());
                this.mayBeNull[i] = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Expected " + type + " to be a record that can be sent, but " + e, e);
        }
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        return type == boolean.class ? false : null;
    }

    @Override
    public void write(Buffer out, Object value) {
        int start = out.length();
        out.appendInt(0);
        try {
            for (int i = 0; i < formats.length; i++) {
                Formats.writeNullable(out, formats[i], accessors[i].invokeExact(value));
            }
        } catch (Throwable e) {
            throw new IllegalStateException("Could not write " + value, e);
        }
        out.setInt(start, out.length() - start - LENGTH_BYTES);
    }

    @Override
    public Object read(Reader in) {
        int end = in.readSize();
        end += in.position();
        @Nullable
        Object[] values = absent.clone();
        for (int i = 0; i < formats.length && in.position() < end; i++) {
            values[i] = Formats.readNullable(in, formats[i]);
        }
        if (in.position() > end) {
            throw new IllegalArgumentException("Expected a record that ends where it says, but it goes on");
        }
        in.moveTo(end);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !mayBeNull[i]) {
                throw new IllegalArgumentException("Expected " + components[i] + ", but it is not there");
            }
        }
        try {
            return constructor.invokeExact(values);
        } catch (Throwable e) {
            throw new IllegalStateException("Could not read a record from " + Arrays.toString(values), e);
        }
    }
}
