package dev.purser.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;

class OneWriteTest {

    private static final String LARGE = "x".repeat(5_000);

    private final EmbeddedChannel channel = new EmbeddedChannel(new OneWrite());

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldSendHeadAndBodyTogether() {
        ByteBuf head = bytes("head ");
        ByteBuf body = bytes("body");

        ChannelFuture first = channel.write(head);
        ChannelFuture second = channel.write(body);

        assertThat(first.isDone()).isFalse();
        channel.flush();
        assertThat(sent()).containsExactly("head body");
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
        assertThat(List.of(head.refCnt(), body.refCnt())).containsOnly(0);
    }

    @Test
    void shouldSendWhatComesAlone() {
        ChannelFuture only = channel.writeAndFlush(bytes("only"));

        assertThat(sent()).containsExactly("only");
        assertThat(only.isSuccess()).isTrue();
    }

    @Test
    void shouldKeepTheOrderWithWhatIsTooLargeToBeCopied() {
        ChannelFuture _ = channel.write(bytes("head"));
        ChannelFuture _ = channel.write(bytes(LARGE));
        ChannelFuture _ = channel.write(bytes("next head "));
        ChannelFuture _ = channel.write(bytes("next body"));
        ChannelFuture _ = channel.write(bytes("last"));
        channel.flush();

        assertThat(sent()).containsExactly("head", LARGE, "next head next body", "last");
    }

    @Test
    void shouldSendWithoutAnybodyWhoWantsToKnow() {
        ChannelFuture _ = channel.write(bytes("head "), channel.voidPromise());
        ChannelFuture _ = channel.write(bytes("body"), channel.voidPromise());
        channel.flush();

        assertThat(sent()).containsExactly("head body");
    }

    @Test
    void shouldFailBothWhenTheConnectionIsGone() {
        ByteBuf head = bytes("head");
        ChannelFuture _ = channel.close();

        ChannelFuture first = channel.write(head);
        ChannelFuture second = channel.write(bytes("body"));
        channel.flush();

        assertThat(first.isDone() && !first.isSuccess()).isTrue();
        assertThat(second.isDone() && !second.isSuccess()).isTrue();
        assertThat(head.refCnt()).isZero();
    }

    @Test
    void shouldLeaveNothingBehindWhenItGoes() {
        ChannelFuture written = channel.write(bytes("head"));
        channel.pipeline().removeFirst();
        channel.flush();

        assertThat(sent()).containsExactly("head");
        assertThat(written.isSuccess()).isTrue();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            sent.add(next.toString(US_ASCII));
            next.release();
        }
        return sent;
    }
}
