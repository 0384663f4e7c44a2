package dev.purser.api;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;

/**
 * Brings the head and the body of a response together, which come as two buffers: it takes the kernel longer to send two
 * than it takes to copy them into one.
 */
final class OneWrite extends ChannelOutboundHandlerAdapter {

    private static final int SMALL = 4 << 10;

    /** What may be sent together with what comes next. */
    private @Nullable Part waiting;

    private record Part(ByteBuf bytes, ChannelPromise promise) {
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean isSmall = message instanceof ByteBuf bytes && bytes.readableBytes() <= SMALL;
        Part first = waiting;
        if (isSmall && first == null) {
            waiting = new Part((ByteBuf) message, promise);
        } else if (isSmall && first != null) {
            waiting = null;
            ChannelFuture _ = context.write(join(context, first.bytes(), (ByteBuf) message),
                    joined(first.promise(), promise));
        } else {
            sendWaiting(context);
            ChannelFuture _ = context.write(message, promise);
        }
    }

    private static ByteBuf join(ChannelHandlerContext context, ByteBuf first, ByteBuf second) {
        try {
            return context.alloc().directBuffer(first.readableBytes() + second.readableBytes()).writeBytes(first)
                    .writeBytes(second);
        } finally {
            first.release();
            second.release();
        }
    }

    private static ChannelPromise joined(ChannelPromise first, ChannelPromise second) {
        return first.isVoid() ? second : second.unvoid().addListener(new PromiseNotifier<>(first));
    }

    private void sendWaiting(ChannelHandlerContext context) {
        Part alone = waiting;
        if (alone != null) {
            waiting = null;
            ChannelFuture _ = context.write(alone.bytes(), alone.promise());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        sendWaiting(context);
        context.flush();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        sendWaiting(context);
        ChannelFuture _ = context.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        sendWaiting(context);
    }
}
