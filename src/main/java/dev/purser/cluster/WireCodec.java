package dev.purser.cluster;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Carries one type of message over the event bus: as it is within a node, in its {@link Format} between nodes. */
final class WireCodec<T> implements MessageCodec<T, T> {

    private final Class<T> type;
    private final Format format;

    private WireCodec(Class<T> type, Formats formats) {
        this.type = type;
        this.format = formats.of(type, type);
    }

    static <T> WireCodec<T> of(Class<T> type) {
        return new WireCodec<>(type, new Formats());
    }

    /** Nothing else is read from the bus, and above all no Java objects: whoever reaches it could choose their classes. */
    static void register(EventBus bus) {
        bus.clusterSerializableChecker(_ -> false).serializableChecker(_ -> false);
        bus.registerCodec(of(Operation.class));
        bus.registerCodec(of(Outcome.class));
        bus.registerCodec(of(Watch.class));
        bus.registerCodec(of(Watch.Answer.class));
        bus.registerCodec(of(Watch.Told.class));
        bus.registerCodec(of(NodeReport.class));
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        format.write(buffer, value);
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        return type.cast(format.read(new Format.Reader(buffer, position)));
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return nameFor(type);
    }

    static String nameFor(Class<?> type) {
        return "purser." + type.getSimpleName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
