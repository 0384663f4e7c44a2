package dev.purser.live;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A client at a WebSocket. */
final class LiveSocket implements Line {

    /** Nobody has so much to say within a second. */
    private static final int MOST_SAID = 20;

    private final ServerWebSocket socket;
    private final LiveMeter meter;
    private int said;
    private @Nullable Session session;

    LiveSocket(ServerWebSocket socket, LiveMeter meter) {
        this.socket = socket;
        this.meter = meter;
    }

    /** From now on what the client says is its session's business. */
    void serve(Session its) {
        session = its;
        socket.setWriteQueueMaxSize(MOST_UNSENT);
        socket.drainHandler(_ -> its.drained());
        socket.pongHandler(_ -> its.heard());
        socket.textMessageHandler(text -> say(its, text));
        socket.binaryMessageHandler(_ -> its.endNow(Farewell.NOT_UNDERSTOOD));
        // What it has sent is no message, or too long for one.
        socket.exceptionHandler(_ -> its.endNow(Farewell.NOT_UNDERSTOOD));
        socket.closeHandler(_ -> its.left());
        if (socket instanceof WebSocketInternal known) {
            Channels.leaveUnreadPings(known.channelHandlerContext());
        }
    }

    /** To be called once a second. */
    void tick() {
        said = 0;
    }

    private void say(Session its, String text) {
        its.heard();
        said++;
        if (said > MOST_SAID || !understood(its, text)) {
            its.endNow(Farewell.NOT_UNDERSTOOD);
        }
    }

    private static boolean understood(Session its, String text) {
        JsonObject message = parse(text);
        Object type = message.getValue("type");
        if ("auth".equals(type) && message.getValue("token") instanceof String token) {
            its.signIn(token);
            return true;
        }
        Object version = message.getValue("version");
        if ("resume".equals(type) && (version instanceof Integer || version instanceof Long)) {
            its.resume(message.getLong("version"));
            return true;
        }
        return false;
    }

    private static JsonObject parse(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException malformed) {
            return new JsonObject();
        }
    }

    @Override
    public boolean isFull() {
        // Who has said goodbye is not gone yet, and takes no more.
        return socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void write(Shown shown) {
        meter.shown();
        send(shown.json());
    }

    @Override
    public void write(Warning warning) {
        send(warning.json());
    }

    @Override
    public void writeCurrent(long version) {
        send(new JsonObject().put("type", "current").put("version", version).encode());
    }

    private void send(String text) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(text).onFailure(_ -> lost());
        }
    }

    private void lost() {
        Session its = session;
        if (its != null) {
            its.left();
        }
    }

    /** Behind what the client has not read it would not come through, but it has to answer all the same. */
    @Override
    public boolean ping() {
        if (!isFull()) {
            socket.writePing(Buffer.buffer()).onFailure(_ -> lost());
        }
        return true;
    }

    @Override
    public void close(Farewell why) {
        if (!socket.isClosed()) {
            socket.close((short) why.code(), why.text()).onFailure(_ -> lost());
        }
        if (socket instanceof WebSocketInternal known) {
            Channels.closeSoon(known.channelHandlerContext());
        }
    }
}
