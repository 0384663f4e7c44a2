package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.support.FreePorts;
import dev.purser.support.LaneRig;
import io.vertx.core.buffer.Buffer;

/** What a stranger can do at the bus of a node that has no TLS. */
@Timeout(60)
class BusTest {

    private static final int BIG_INTEGER_AND_THE_LIKE = 17;

    private final int port = FreePorts.next();
    private final int busPort = FreePorts.next();
    private final ClusterNode node = LaneRig.await(ClusterNode.join(new ClusterSettings("purser", "127.0.0.1", port,
            busPort, List.of("127.0.0.1:" + port), 1, Duration.ofSeconds(5), 10, null)));

    @AfterEach
    void leave() {
        LaneRig.await(node.leave());
    }

    @Test
    void shouldReadNoJavaObjects() throws Exception {
        CompletableFuture<Object> read = new CompletableFuture<>();
        LaneRig.await(node.vertx().eventBus().consumer("ear", message -> {
            try {
                read.complete(message.body());
            } catch (RuntimeException refused) {
                read.complete(refused);
            }
        }).completion());
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(object)) {
            out.writeObject(BigInteger.TEN);
        }
        Buffer body = Buffer.buffer().appendInt(object.size()).appendBytes(object.toByteArray());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
            say(socket, frame(BIG_INTEGER_AND_THE_LIKE, "ear", body));
            assertThat(read.get(10, TimeUnit.SECONDS)).isInstanceOf(RuntimeException.class)
                    .asString().contains("not allowed");
        }
    }

    private static Buffer frame(int codec, String address, Buffer body) {
        byte[] to = address.getBytes(StandardCharsets.UTF_8);
        Buffer message = Buffer.buffer().appendByte((byte) 1).appendByte((byte) codec).appendByte((byte) 0)
                .appendInt(to.length).appendBytes(to).appendInt(0).appendInt(0).appendInt(4).appendBuffer(body);
        return Buffer.buffer().appendInt(message.length()).appendBuffer(message);
    }

    private static void say(Socket socket, Buffer bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(bytes.getBytes());
        out.flush();
    }
}
