package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.lane.Outcome;
import io.vertx.core.Promise;

/** Clients that take their time, or keep what they could give back: none of them keeps another from being served. */
@Timeout(60)
class SlowClientsTest {

    private static final int CONNECTIONS = 100;
    private static final Duration IDLE = Duration.ofSeconds(6);
    private static final int MEBIBYTE = 1 << 20;

    private final ApiFixture api = new ApiFixture(Duration.ofSeconds(5), IDLE, CONNECTIONS);
    private final Deque<Socket> sockets = new ArrayDeque<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        api.close();
    }

    @Test
    void shouldNotKeepAnswersThatNobodyReads() throws Exception {
        int requests = 5_000;
        Socket socket = open();
        byte[] all = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(requests)
                .getBytes(StandardCharsets.US_ASCII);
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(socket, all));

        await("a pause").during(Duration.ofMillis(500)).until(api.metered::size, new Unchanged()::isSame);
        assertThat(api.metered).as("answered, but not read").hasSizeLessThan(requests / 4);
        assertServed();

        long read = 0;
        long whole = (long) requests * length("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n");
        while (read < whole) {
            read += socket.getInputStream().skip(whole - read);
        }
        written.join();
        await("all to be answered")
                .until(() -> api.metered.stream().filter("none 200"::equals).count() >= requests);
    }

    @Test
    void shouldCloseOnWhoNeverReads() throws Exception {
        Socket socket = open();
        byte[] all = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        write(socket, all);
        await("the server to close").atMost(Duration.ofSeconds(20)).until(() -> isReset(socket));
    }

    @Test
    void shouldCloseOnWhoTricklesAHead() throws Exception {
        Socket socket = open();
        write(socket, "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        long begun = System.nanoTime();
        await("the server to close").pollInterval(Duration.ofMillis(100)).until(() -> isReset(socket));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(IDLE.minusSeconds(1), IDLE.plusSeconds(3));
    }

    @Test
    void shouldLetTheSlowestUploadGoWhenThereIsNoRoom() throws Exception {
        for (int i = 0; i < 66; i++) {
            Socket socket = open();
            write(socket, batchHead(MEBIBYTE));
            write(socket, new byte[MEBIBYTE - 1]);
        }
        await("room to be made").until(() -> api.metered.contains("batch 503"));
        assertThat(new String(first().getInputStream().readNBytes(1_000), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 503").contains("\"reason\":\"overloaded\"").contains("not_applied");
        assertServed();
        assertThat(api.metered).doesNotContain("spendOwn 503");
    }

    @Test
    void shouldGiveBackTheRoomOfAnAbandonedUploadAtOnce() throws Exception {
        for (int i = 0; i < 70; i++) {
            try (Socket socket = open()) {
                write(socket, batchHead(MEBIBYTE));
                write(socket, new byte[MEBIBYTE - 1]);
            }
            int soFar = i + 1;
            await("it to be noticed").atMost(Duration.ofSeconds(3))
                    .until(() -> api.metered.stream().filter("batch 408"::equals).count() == soFar);
        }
        assertThat(api.metered).doesNotContain("batch 503");
    }

    @Test
    void shouldCloseTheLongestUnusedConnectionForANewOne() throws Exception {
        api.wallets.answerNext(Promise.<Outcome>promise().future());
        Socket waiting = open();
        write(waiting, ("GET /api/v1/tokens/balance HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestTokens.of("ann", "") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        await("it to be under way").until(api.wallets::tookNext);
        Socket unused = open();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket next = open();
            assertThat(next.isConnected()).isTrue();
        }
        await("room to be made").atMost(IDLE.dividedBy(2)).until(() -> isReset(unused));
        assertServed();
        assertThat(new String(waiting.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                .isEqualTo("HTTP/1.1 503");
    }

    private void assertServed() {
        assertThat(api.get("/tokens/balance", "bob", "").statusCode()).isEqualTo(200);
        assertThat(api.send(api.bare("/openapi.yaml")).statusCode()).isEqualTo(200);
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        sockets.addLast(socket);
        socket.setReceiveBufferSize(8 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Socket first() {
        return sockets.getFirst();
    }

    private static byte[] batchHead(int length) {
        return ("POST /api/v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\nAuthorization: Bearer " + TestTokens.of("ann", "") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the other side has closed, which is noticed when one writes. */
    private static boolean isReset(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private int length(String request) {
        String reply = api.raw(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        return reply.getBytes(StandardCharsets.UTF_8).length - "connection: close\r\n".length();
    }

    private static final class Unchanged {
        private int last = -1;

        boolean isSame(int now) {
            boolean same = now == last;
            last = now;
            return same;
        }
    }
}
