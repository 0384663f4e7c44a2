package dev.purser.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpConnection;

/**
 * The connections, those without a request for the longest time in front. A client that trickles in a request's head
 * byte by byte is not idle to a socket, but it is to us. When there are too many, the one in front makes room.
 */
final class Connections {

    /** How many in front are looked at for one that nobody waits on. */
    private static final int LOOKED_AT = 32;

    private final Map<HttpConnection, Use> uses = new LinkedHashMap<>(64, 0.75f, true);
    private final long idleNanos;
    private final int most;

    /** When a connection was used last, and how many answers are under way on it. */
    private static final class Use {
        private long last = System.nanoTime();
        private int underWay;
    }

    Connections(Duration idle, int most) {
        this.idleNanos = idle.toNanos();
        this.most = most;
    }

    void opened(HttpConnection connection) {
        HttpConnection tooMany = uses.size() < most ? null : unused();
        if (uses.size() >= most && tooMany == null) {
            connection.close();
            return;
        }
        uses.put(connection, new Use());
        connection.closeHandler(_ -> leave(connection));
        if (tooMany != null) {
            leave(tooMany);
            tooMany.close();
        }
    }

    private @Nullable HttpConnection unused() {
        return uses.entrySet().stream().limit(LOOKED_AT).filter(entry -> entry.getValue().underWay == 0)
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /** It is of use at the moment. */
    void used(HttpConnection connection) {
        Use use = uses.get(connection);
        if (use != null) {
            use.last = System.nanoTime();
        }
    }

    /** A request has come on it. */
    void begin(HttpConnection connection) {
        Use use = uses.get(connection);
        if (use != null) {
            use.last = System.nanoTime();
            use.underWay++;
        }
    }

    /** The request is answered. */
    void end(HttpConnection connection) {
        Use use = uses.get(connection);
        if (use != null) {
            use.last = System.nanoTime();
            use.underWay--;
        }
    }

    /** It is somebody else's matter from now on, or nobody's. */
    void leave(HttpConnection connection) {
        uses.remove(connection);
    }

    /** To be called a few times a second. */
    void check() {
        long now = System.nanoTime();
        List<HttpConnection> idle = new ArrayList<>(0);
        Iterator<Map.Entry<HttpConnection, Use>> oldest = uses.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<HttpConnection, Use> entry = oldest.next();
            if (now - entry.getValue().last < idleNanos) {
                break;
            }
            idle.add(entry.getKey());
            oldest.remove();
        }
        idle.forEach(HttpConnection::close);
    }
}
