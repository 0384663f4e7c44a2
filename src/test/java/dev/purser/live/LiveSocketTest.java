package dev.purser.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.lane.Outcome;
import dev.purser.support.LaneRig;
import dev.purser.support.LiveClient;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** What a frontend meets at the live WebSocket. */
@Timeout(60)
class LiveSocketTest {

    private static final String UPGRADE = String.join("\r\n", "GET /api/v1/tokens/live HTTP/1.1", "Host: a",
            "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: purser.v1, bearer.bob", "", "");

    private static final int PING_PAYLOAD = 125;
    private static final byte[] PING = frame(9, PING_PAYLOAD);
    private static final byte[] GOODBYE = frame(8, 0);

    private DoorRig rig = new DoorRig(DoorRig.settings());

    @AfterEach
    void end() {
        rig.close();
    }

    private LiveClient connect(String token) {
        return LiveClient.connect(rig.maker, rig.port, token);
    }

    private LiveClient stranger() {
        return LiveClient.connect(rig.maker, rig.port, List.of("purser.v1"), null);
    }

    private static JsonObject auth(String token) {
        return new JsonObject().put("type", "auth").put("token", token);
    }

    private static JsonObject resume(long version) {
        return new JsonObject().put("type", "resume").put("version", version);
    }

    @Test
    void shouldBeFullForWhoHasSaidGoodbye() {
        ServerWebSocket closed = (ServerWebSocket) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{ServerWebSocket.class}, (_, method, _) -> {
                    if (method.getName().equals("isClosed")) {
                        return true;
                    }
                    throw new IllegalStateException("WebSocket is closed");
                });
        LiveSocket socket = new LiveSocket(closed, rig.meter());
        assertThat(socket.isFull()).isTrue();
        assertThat(socket.ping()).isTrue();
    }

    @Test
    void shouldShowTheBalanceAtOnceAndAfterEachChange() throws Exception {
        LiveClient ada = connect("ada");
        assertThat(ada.socket().subProtocol()).isEqualTo("purser.v1");
        assertThat(ada.next()).isEqualTo(new JsonObject().put("type", "balance").put("wallet_id", "ada")
                .put("version", 0).put("balance", 0).put("available", 0).put("held", 0).put("debt", 0)
                .put("status", "active"));
        rig.change("ada", 1, 100);
        assertThat(ada.next().getLong("balance")).isEqualTo(100);
        rig.change("bob", 1, 5);
        rig.change("ada", 2, 70);
        assertThat(ada.next().getLong("balance")).isEqualTo(70);
    }

    @Test
    void shouldWarnWhenAnAllowanceIsNearItsEnd() throws Exception {
        LiveClient ada = connect("ada");
        assertThat(ada.next().containsKey("allowance")).isFalse();
        rig.leave("ada", 1, 1_000);
        assertThat(ada.next().getJsonObject("allowance")).isEqualTo(
                new JsonObject().put("granted", 1_000).put("left", 1_000).put("level", 0));
        rig.leave("ada", 2, 200);
        assertThat(ada.next().getLong("version")).isEqualTo(2);
        assertThat(ada.next()).isEqualTo(new JsonObject().put("type", "warning").put("level", 80));
        rig.leave("ada", 3, 150);
        assertThat(ada.next().getLong("version")).isEqualTo(3);
        rig.leave("ada", 4, 0);
        assertThat(ada.next().getLong("version")).isEqualTo(4);
        assertThat(ada.next()).isEqualTo(new JsonObject().put("type", "warning").put("level", 100));
    }

    /** The connection before may have broken between the balance and the warning. */
    @Test
    void shouldWarnAgainWhenItComesBack() throws Exception {
        LiveClient first = connect("ada");
        assertThat(first.next().getLong("version")).isZero();
        rig.leave("ada", 1, 100);
        assertThat(first.next().getLong("version")).isEqualTo(1);
        LiveClient second = stranger();
        second.say(resume(1));
        second.say(auth("ada"));
        assertThat(second.next()).isEqualTo(new JsonObject().put("type", "current").put("version", 1));
        assertThat(second.next()).isEqualTo(new JsonObject().put("type", "warning").put("level", 90));
    }

    @Test
    void shouldTakeTheTokenAsTheFirstMessage() throws Exception {
        LiveClient ada = stranger();
        ada.say(auth("ada"));
        assertThat(ada.next().getString("wallet_id")).isEqualTo("ada");
    }

    @Test
    void shouldNotWaitLongForAToken() {
        LiveClient silent = stranger();
        long start = System.nanoTime();
        assertThat(silent.awaitClose()).isEqualTo(4401);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LiveSettings.SIGN_IN.minusSeconds(1),
                LiveSettings.SIGN_IN.plusSeconds(3));
        assertThat(rig.ended).containsExactly("expired");
        await().until(() -> rig.hub.clients() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", ""})
    void shouldSendAwayWhoeverHasNoGoodToken(String token) {
        assertThat(connect(token).awaitClose()).isEqualTo(4401);
        LiveClient late = stranger();
        late.say(auth(token));
        assertThat(late.awaitClose()).isEqualTo(4401);
        assertThat(rig.watched).isEmpty();
    }

    @Test
    void shouldAskToComeAgainWhileNobodyCanSayWhoItIs() {
        rig.keysAreThere = false;
        assertThat(connect("ada").awaitClose()).isEqualTo(1013);
    }

    @Test
    void shouldAskToComeAgainWhileTheWalletCannotBeHad() {
        rig.looks.put("ada", new Outcome.Unavailable(Outcome.Reason.NO_OWNER, 1));
        assertThat(connect("ada").awaitClose()).isEqualTo(1013);
        assertThat(rig.watched).isEmpty();
    }

    @Test
    void shouldEndWhenTheTokenExpires() throws Exception {
        LiveClient ada = connect("ada_60");
        assertThat(ada.next().getLong("version")).isZero();
        rig.now = rig.now.plusSeconds(60);
        assertThat(ada.awaitClose()).isEqualTo(4401);
        await().until(() -> rig.watched.isEmpty() && rig.hub.clients() == 0);
    }

    @Test
    void shouldGoOnWithANewToken() throws Exception {
        LiveClient ada = connect("ada_60");
        ada.next();
        ada.say(auth("ada_600"));
        // What is said next is heard after the token.
        ada.say(resume(0));
        assertThat(ada.next()).isEqualTo(new JsonObject().put("type", "current").put("version", 0));
        rig.now = rig.now.plusSeconds(60);
        rig.change("ada", 1, 1);
        assertThat(ada.next().getLong("version")).isOne();
        await().during(Duration.ofMillis(1_500)).until(() -> rig.ended.isEmpty());
    }

    @Test
    void shouldNotBecomeSomebodyElse() throws Exception {
        LiveClient ada = connect("ada");
        ada.next();
        ada.say(auth("bob"));
        assertThat(ada.awaitClose()).isEqualTo(4400);
        assertThat(rig.watched).doesNotContain("bob");
    }

    @Test
    void shouldSayNothingThatIsKnownAfterAReconnect() throws Exception {
        rig.change("ada", 7, 7);
        LiveClient ada = stranger();
        ada.say(resume(9));
        ada.say(auth("ada"));
        assertThat(ada.next()).isEqualTo(new JsonObject().put("type", "current").put("version", 9));
        rig.change("ada", 8, 8);
        rig.change("ada", 10, 10);
        assertThat(ada.next().getLong("version")).isEqualTo(10);
    }

    @Test
    void shouldShowASecondWindowTheLatestThatIsKnown() throws Exception {
        LiveClient first = connect("ada");
        first.next();
        rig.change("ada", 5, 50);
        assertThat(first.next().getLong("version")).isEqualTo(5);
        // The look that the second one begins with finds an older state.
        LiveClient second = connect("ada");
        assertThat(second.next().getLong("version")).isEqualTo(5);
        rig.change("ada", 6, 60);
        assertThat(first.next().getLong("version")).isEqualTo(6);
        assertThat(second.next().getLong("version")).isEqualTo(6);
    }

    @Test
    void shouldWatchAWalletForAsLongAsSomebodyLooks() throws Exception {
        LiveClient first = connect("ada");
        LiveClient second = connect("ada");
        first.next();
        second.next();
        first.close();
        await().until(() -> rig.hub.clients() == 1);
        assertThat(rig.watched).containsExactly("ada");
        second.close();
        await().until(() -> rig.watched.isEmpty());
        assertThat(rig.ended).containsExactly("left", "left");
    }

    @Test
    void shouldBoundHowManyAUserHas() throws Exception {
        List<LiveClient> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(connect("ada"));
            all.getLast().next();
        }
        assertThat(connect("ada").awaitClose()).isEqualTo(4429);
        all.getFirst().close();
        await().until(() -> rig.hub.clients() == 4);
        assertThat(connect("ada").next().getString("wallet_id")).isEqualTo("ada");
    }

    @Test
    void shouldBoundHowManyThereAre() throws Exception {
        rig.close();
        rig = new DoorRig(new LiveSettings(1, 5, Duration.ofSeconds(30), Set.of()));
        LiveClient ada = connect("ada");
        ada.next();
        assertThatThrownBy(() -> connect("bob")).hasMessageContaining("503");
        ada.close();
        await().until(() -> rig.hub.clients() == 0);
        assertThat(connect("bob").next().getString("wallet_id")).isEqualTo("bob");
    }

    @Test
    void shouldNotTakeWhoWaitsForTheirTokenToBeVerifiedForSomebodyWhoHasNone() throws Exception {
        Promise<Void> keys = Promise.promise();
        rig.keys = keys.future();
        LiveClient ada = connect("ada");
        LiveClient nobody = stranger();
        assertThat(nobody.awaitClose()).isEqualTo(4401);
        // By the next look at those who are there.
        await().during(Duration.ofMillis(1_500)).until(() -> List.copyOf(rig.ended).equals(List.of("expired")));
        keys.complete();
        assertThat(ada.next().getString("wallet_id")).isEqualTo("ada");
    }

    @Test
    void shouldMakeRoomWithWhoeverHasSaidNothingForLongest() throws Exception {
        rig.close();
        rig = new DoorRig(new LiveSettings(3, 5, Duration.ofSeconds(30), Set.of()));
        LiveClient ada = connect("ada");
        ada.next();
        LiveClient longest = stranger();
        LiveClient later = stranger();
        LiveClient bob = connect("bob");
        assertThat(bob.next().getString("wallet_id")).isEqualTo("bob");
        assertThat(longest.awaitClose()).isEqualTo(1013);
        later.say(auth("carol"));
        assertThat(later.next().getString("wallet_id")).isEqualTo("carol");
        assertThatThrownBy(() -> connect("dave")).as("nobody is a stranger").hasMessageContaining("503");
    }

    /** Answers that are not read would have to be kept. */
    @Test
    void shouldAnswerOnlySoManyPingsAsAreRead() throws Exception {
        try (Socket deaf = raw("bob")) {
            int pings = 200_000;
            write(deaf, PING, pings);
            write(deaf, GOODBYE, 1);
            long answered = deaf.getInputStream().transferTo(OutputStream.nullOutputStream()) / PING_PAYLOAD;
            assertThat(answered).as("of %d", pings).isGreaterThan(100).isLessThan(pings / 2);
        }
    }

    @Test
    void shouldAnswerPingsThatAreRead() throws Exception {
        LiveClient ada = connect("ada");
        BlockingQueue<Buffer> answers = new LinkedBlockingQueue<>();
        ada.socket().pongHandler(answers::add);
        for (int i = 0; i < 100; i++) {
            Buffer ping = Buffer.buffer("ping " + i);
            LaneRig.await(ada.socket().writePing(ping));
            assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo(ping);
        }
    }

    @Test
    void shouldCutOffWhoeverDoesNotReadItsGoodbye() throws Exception {
        try (Socket deaf = raw("nobody_1")) {
            write(deaf, PING, 200_000);
            rig.now = rig.now.plusSeconds(2);
            await().until(() -> rig.ended.contains("expired"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThatThrownBy(() -> write(deaf, PING, 1))
                    .isInstanceOf(IOException.class));
        }
    }

    /** A client of which a test has every byte in its hands. It takes in little, and reads nothing by itself. */
    private Socket raw(String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port));
        socket.getOutputStream().write(UPGRADE.replace("bob", token).getBytes(StandardCharsets.US_ASCII));
        await().until(() -> rig.watched.contains(token.split("_", -1)[0]));
        return socket;
    }

    private static void write(Socket socket, byte[] frame, int times) throws IOException {
        int together = 100;
        byte[] frames = new byte[frame.length * Math.min(together, times)];
        for (int i = 0; i < frames.length; i += frame.length) {
            System.arraycopy(frame, 0, frames, i, frame.length);
        }
        for (int i = 0; i < times; i += together) {
            socket.getOutputStream().write(frames);
        }
    }

    /** A masked frame of a kind; the mask is of noughts. */
    private static byte[] frame(int kind, int payload) {
        byte[] frame = new byte[6 + payload];
        frame[0] = (byte) (0x80 | kind);
        frame[1] = (byte) (0x80 | payload);
        return frame;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\":\"auth\"}", "{\"type\":\"auth\",\"token\":7}",
            "{\"type\":\"auth\",\"token\":null}", "{\"type\":\"resume\"}", "{\"type\":\"resume\",\"version\":\"1\"}",
            "{\"type\":\"resume\",\"version\":1e99}", "{\"type\":\"resume\",\"version\":99999999999999999999}",
            "{\"type\":7}", "{\"type\":\"spend\",\"amount\":1}"})
    void shouldEndWithWhoeverIsNotUnderstood(String text) {
        LiveClient client = stranger();
        LaneRig.await(client.socket().writeTextMessage(text));
        assertThat(client.awaitClose()).isEqualTo(4400);
    }

    @Test
    void shouldEndWithWhoeverSendsBytesOrTooMuch() {
        LiveClient bytes = stranger();
        LaneRig.await(bytes.socket().writeBinaryMessage(Buffer.buffer("hello")));
        assertThat(bytes.awaitClose()).isEqualTo(4400);
        LiveClient large = stranger();
        large.socket().writeTextMessage("{\"type\":\"auth\",\"token\":\"" + "x".repeat(100_000) + "\"}");
        assertThat(large.awaitClose()).isIn(4400, 1009);
        await().until(() -> rig.hub.clients() == 0);
    }

    @Test
    void shouldEndWithWhoeverTalksWithoutEnd() throws Exception {
        LiveClient ada = connect("ada");
        ada.next();
        for (int i = 0; i < 100; i++) {
            ada.socket().writeTextMessage(resume(0).encode());
        }
        assertThat(ada.awaitClose()).isEqualTo(4400);
    }

    @Test
    void shouldLetInOnlyPagesOfItsOwnAndOfAllowedOrigins() throws Exception {
        List<String> protocols = List.of("purser.v1", "bearer.ada");
        for (String origin : List.of("https://app.example", "http://127.0.0.1:" + rig.port)) {
            assertThat(LiveClient.connect(rig.maker, rig.port, protocols, origin).next().getString("type"))
                    .isEqualTo("balance");
        }
        for (String origin : List.of("https://evil.example", "https://app.example.evil.example", "null", "",
                "http://127.0.0.1:1")) {
            assertThatThrownBy(() -> LiveClient.connect(rig.maker, rig.port, protocols, origin)).as(origin)
                    .hasMessageContaining("403");
        }
    }

    @Test
    void shouldEndWithWhoeverIsSilent() throws Exception {
        rig.close();
        rig = new DoorRig(new LiveSettings(10, 5, Duration.ofSeconds(1), Set.of()));
        LiveClient there = connect("ada");
        there.next();
        try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), rig.port)) {
            gone.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> rig.watched.contains("bob"));
            await().atMost(Duration.ofSeconds(10)).until(() -> rig.ended.contains("silent"));
            await().until(() -> rig.watched.equals(Set.of("ada")));
        }
        rig.change("ada", 1, 1);
        assertThat(there.next().getLong("version")).isOne();
    }

    @Test
    void shouldSendAllAwayWhenTheNodeLeaves() throws Exception {
        LiveClient ada = connect("ada");
        ada.next();
        rig.hub.close();
        assertThat(ada.awaitClose()).isEqualTo(1001);
        assertThatThrownBy(() -> connect("bob")).hasMessageContaining("503");
    }

    @Test
    void shouldEndWhenNobodyCanVouchForTheWallet() throws Exception {
        LiveClient ada = connect("ada");
        ada.next();
        rig.hub.lost("ada");
        assertThat(ada.awaitClose()).isEqualTo(1013);
    }

    @Test
    void shouldShowASlowReaderTheLastStateOnly() throws Exception {
        LiveClient ada = connect("ada");
        ada.next();
        LiveClient bob = connect("bob");
        bob.next();
        ada.socket().pause();
        long last = 200_000;
        for (long version = 1; version <= last; version++) {
            rig.change("ada", version, version);
        }
        // What is told later is shown later: so all of the above has been shown, or passed over, when this is.
        rig.change("bob", 1, 1);
        assertThat(bob.next().getLong("version")).isOne();
        ada.socket().resume();
        List<Long> versions = new ArrayList<>();
        long version = 0;
        while (version < last) {
            version = ada.next().getLong("version");
            versions.add(version);
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates().hasSizeLessThan((int) last / 2);
    }
}
