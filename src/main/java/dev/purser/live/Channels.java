package dev.purser.live;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;

/** What clients who do not read may not cost, and Vert.x leaves to those who know the channel. */
final class Channels {

    /** How long the last word to a client may take: as long as it waits here, it counts nowhere. */
    static final int GOODBYE_SECONDS = 1;

    private static final Pings PINGS = new Pings();

    private Channels() {
    }

    /** Vert.x answers each ping of a client, and keeps the answers that are not read, however many they are. */
    static void leaveUnreadPings(ChannelHandlerContext client) {
        client.pipeline().addBefore(client.name(), null, PINGS);
    }

    /** The client has been told that this is the end. If that is not read it never comes through. */
    static void closeSoon(ChannelHandlerContext client) {
        var _ = client.executor().schedule(() -> {
            var _ = client.channel().close();
        }, GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    /** A client that does not read what it is sent gets no more of it. */
    @ChannelHandler.Sharable
    private static final class Pings extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof PingWebSocketFrame ping && !context.channel().isWritable()) {
                boolean _ = ping.release();
            } else {
                var _ = context.fireChannelRead(message);
            }
        }
    }
}
