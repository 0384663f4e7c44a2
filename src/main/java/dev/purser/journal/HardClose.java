package dev.purser.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Closes a connection whose other end has fallen silent. The client's own {@code close} says goodbye and then waits for the
 * other end to hang up, which may take the operating system a quarter of an hour; so this reaches through to the socket.
 */
final class HardClose {

    private static final Logger LOG = LoggerFactory.getLogger(HardClose.class);

    private HardClose() {
    }

    static void close(SqlConnection connection) {
        if (connection instanceof SqlConnectionInternal internal
                && internal.unwrap().unwrap() instanceof SocketConnectionBase socket) {
            Channel channel = socket.socket().channelHandlerContext().channel();
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
            // The ordinary close as well: it forgets the connection, which would be kept in memory otherwise.
            connection.close().onFailure(cause -> LOG.debug("Closing a broken connection failed", cause));
        } else {
            throw new IllegalStateException("Expected a connection with a socket, but met " + connection.getClass());
        }
    }
}
