package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.purser.lane.News;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Hold;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Lot;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Sendings;
import dev.purser.wallet.Wallet;
import io.vertx.core.buffer.Buffer;

/** Every message comes out of the wire as it went in: each permitted type of each sealed one, filled and bare. */
class WireCodecTest {

    private static final Instant TIME = Instant.parse("2026-11-20T10:11:12.123456Z");

    static Stream<Operation> operations() {
        return Stream.of(samples(Command.class).map(command -> operation(command, sample(Authority.class))),
                samples(Authority.class).map(by -> operation(sample(Command.class), by))).flatMap(each -> each);
    }

    private static Operation operation(Object command, Object by) {
        return new Operation("op", "wållet", null, (Authority) by, (Command) command);
    }

    @ParameterizedTest
    @MethodSource
    void operations(Operation operation) {
        assertThat(throughTheWire(WireCodec.of(Operation.class), operation)).isEqualTo(operation);
    }

    static Stream<Outcome> outcomes() {
        return Stream.concat(samples(Outcome.class).map(Outcome.class::cast),
                samples(Refusal.class).map(refusal -> new Outcome.Refused((Refusal) refusal, null)));
    }

    @ParameterizedTest
    @MethodSource
    void outcomes(Outcome outcome) {
        assertThat(throughTheWire(WireCodec.of(Outcome.class), outcome)).isEqualTo(outcome);
    }

    static Stream<Object> watches() {
        return Stream.of(sample(Watch.class), sample(Watch.Answer.class), sample(Watch.Told.class),
                new Watch.Told(List.of(News.of(Wallet.empty("wållet")))));
    }

    @ParameterizedTest
    @MethodSource
    void watches(Object message) {
        assertThat(throughTheWire(codecOf(message), message)).isEqualTo(message);
    }

    @SuppressWarnings("unchecked")
    private static WireCodec<Object> codecOf(Object message) {
        return (WireCodec<Object>) WireCodec.of(message.getClass());
    }

    static Stream<NodeReport> reports() {
        return samples(NodeReport.class).map(NodeReport.class::cast);
    }

    @ParameterizedTest
    @MethodSource
    void reports(NodeReport report) {
        assertThat(throughTheWire(WireCodec.of(NodeReport.class), report)).isEqualTo(report);
    }

    @Test
    void shouldSkipWhatANewerNodeAppended() {
        Buffer out = Buffer.buffer();
        new Formats().of(Newer.class, Newer.class).write(out, new Newer(7, "text", 9, "more"));
        Format.Reader in = new Format.Reader(out, 0);
        assertThat(new Formats().of(Older.class, Older.class).read(in)).isEqualTo(new Older(7, "text"));
        assertThat(in.position()).isEqualTo(out.length());
    }

    @Test
    void shouldFillInWhatAnOlderNodeDidNotSend() {
        Buffer out = Buffer.buffer();
        new Formats().of(Older.class, Older.class).write(out, new Older(7, "text"));
        assertThat(new Formats().of(Newer.class, Newer.class).read(new Format.Reader(out, 0)))
                .isEqualTo(new Newer(7, "text", 0, null));
    }

    record Older(long number, String text) {
    }

    record Newer(long number, String text, long added, @Nullable String more) {
    }

    private static <T> T throughTheWire(WireCodec<T> codec, T message) {
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, message);
        return codec.decodeFromWire("before".length(), wire);
    }

    private static Object sample(Class<?> type) {
        return samples(type).findFirst().orElseThrow();
    }

    /** Values of a type, in which every permitted type occurs; each record once with all it may have, once with nothing. */
    private static Stream<Object> samples(Class<?> type) {
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(WireCodecTest::samples);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants());
        }
        if (type.isRecord()) {
            return Stream.of(true, false).map(filled -> record(type, filled));
        }
        return Stream.of(value(type, type, true));
    }

    private static Object record(Class<?> type, boolean filled) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type
                    .getDeclaredConstructor(
                            Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            List<@Nullable Object> values = new ArrayList<>();
            for (RecordComponent component : components) {
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                values.add(nullable && !filled ? null : value(component.getType(), component.getGenericType(), filled));
            }
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Could not make a " + type, e);
        }
    }

    private static Object value(Class<?> raw, Type type, boolean filled) {
        if (raw == long.class) {
            return filled ? Long.MAX_VALUE : 1L;
        }
        if (raw == int.class) {
            return 42;
        }
        if (raw == boolean.class) {
            return filled;
        }
        if (raw == String.class) {
            return filled ? "text – ünïcode 🎉" : "";
        }
        if (raw == Instant.class) {
            return TIME;
        }
        if (raw == Duration.class) {
            return Duration.ofMillis(1_234);
        }
        Lots lots = Lots.of(List.of(new Lot(LotSource.PROMO, TIME, 5), new Lot(LotSource.PURCHASED, null, 7)));
        if (raw == Lots.class) {
            return filled ? lots : Lots.NONE;
        }
        if (raw == Holds.class) {
            return filled ? Holds.of(List.of(new Hold("h", null, TIME, true, lots, null))) : Holds.NONE;
        }
        if (raw == Sendings.class) {
            return Sendings.NONE;
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
            List<Object> all = filled ? samples(element).toList() : List.of();
            return raw == Set.class ? Set.copyOf(all) : all;
        }
        // A wallet must be sound, whatever is in it.
        if (raw == dev.purser.wallet.Wallet.class) {
            return dev.purser.wallet.Wallet.empty("w");
        }
        return sample(raw);
    }
}
