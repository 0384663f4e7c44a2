package dev.purser.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.http.HttpConnection;

/**
 * The connections, those without a request for the longest time in front. A client that trickles in a request's head
 * byte by byte is not idle to a socket, but it is to us.
 */
final class Connections {

    private final Map<HttpConnection, Long> lastUse = new LinkedHashMap<>(64, 0.75f, true);
    private final long idleNanos;

    Connections(Duration idle) {
        this.idleNanos = idle.toNanos();
    }

    void opened(HttpConnection connection) {
        used(connection);
        connection.closeHandler(_ -> leave(connection));
    }

    void used(HttpConnection connection) {
        lastUse.put(connection, System.nanoTime());
    }

    /** It is somebody else's matter from now on, or nobody's. */
    void leave(HttpConnection connection) {
        lastUse.remove(connection);
    }

    /** To be called a few times a second. */
    void check() {
        long now = System.nanoTime();
        List<HttpConnection> idle = new ArrayList<>(0);
        Iterator<Map.Entry<HttpConnection, Long>> oldest = lastUse.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<HttpConnection, Long> entry = oldest.next();
            if (now - entry.getValue() < idleNanos) {
                break;
            }
            idle.add(entry.getKey());
            oldest.remove();
        }
        idle.forEach(HttpConnection::close);
    }
}
