package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.ClientLog;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.FreePorts;
import dev.purser.support.Intent;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.LoggingClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestAuthority;
import dev.purser.support.TestDatabase;

/** Nodes that show each other certificates: they serve each other's wallets, and nobody else gets a word in. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutualTlsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte PONG = 1;

    private final AtomicInteger credits = new AtomicInteger();
    private final ClientLog log = new ClientLog();
    private final TestDatabase database = TestDatabase.create();
    private final TestAuthority authority = new TestAuthority("ours");
    private final TestAuthority other = new TestAuthority("theirs");
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final int busPort = FreePorts.next();
    private final List<NodeProcess> nodes = new ArrayList<>();

    @BeforeAll
    void startTwo() {
        nodes.add(node("tls-0", ports[0], busPort, authority.settingsOf("node0")).start());
        nodes.add(node("tls-1", ports[1], 0, authority.settingsOf("node1")).start());
        nodes.forEach(NodeProcess::awaitReady);
        await("two nodes").atMost(SOON)
                .until(() -> nodes.stream().allMatch(node -> node.output().contains("The cluster has 2 nodes")));
    }

    private NodeProcess node(String name, int port, int bus, Map<String, String> tls) {
        Map<String, String> settings = new HashMap<>(tls);
        settings.putAll(Map.of("PURSER_DATABASE_URL", database.url(), "PURSER_CLUSTER_PORT", String.valueOf(port),
                "PURSER_CLUSTER_BUS_PORT", String.valueOf(bus), "PURSER_CLUSTER_MEMBERS",
                "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1]));
        return new NodeProcess(name, settings);
    }

    @AfterAll
    void endAll() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldServeEachOthersWallets() throws Exception {
        for (String wallet : Load.wallets("tls", 24)) {
            assertThat(credit(nodes.get(0), wallet)).isInstanceOf(Heard.Acknowledged.class);
            assertThat(credit(nodes.get(1), wallet)).isInstanceOf(Heard.Acknowledged.class);
        }
        LogChecker.check(log, database);
    }

    @Test
    void shouldTalkToNobodyWithoutACertificateOfTheirAuthority() throws Exception {
        assertThat(pingWith(context(authority.keys("stranger"))))
                .as("one that their authority has signed is believed, so the others are refused for their certificates")
                .isEqualTo(PONG);
        assertThatThrownBy(() -> pingWith(context(null))).as("no certificate").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pingWith(context(other.keys("node0")))).as("another authority's")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(this::pingPlain).as("no TLS").isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotServeANodeOfAnotherAuthority() throws Exception {
        try (NodeProcess foreign = node("tls-foreign", FreePorts.next(), 0, other.settingsOf("foreign")).start()) {
            foreign.awaitReady();
            await("three nodes").atMost(SOON).until(() -> foreign.output().contains("The cluster has 3 nodes"));
            List<Heard> answers = creditAll(foreign, Load.wallets("foreign", 24));
            assertThat(answers).filteredOn(heard -> heard instanceof Heard.Acknowledged)
                    .as("those of its own").hasSizeLessThan(20);
            assertThat(foreign.terminate()).isZero();
        }
        await("every wallet").atMost(SOON).until(() -> creditAll(nodes.getFirst(), Load.wallets("after", 24)).stream()
                .allMatch(heard -> heard instanceof Heard.Acknowledged));
        LogChecker.check(log, database);
    }

    private List<Heard> creditAll(NodeProcess through, List<String> wallets) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Heard>> calls = new ArrayList<>();
            wallets.forEach(wallet -> calls.add(() -> credit(through, wallet)));
            List<Heard> answers = new ArrayList<>();
            for (Future<Heard> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private Heard credit(NodeProcess through, String wallet) throws InterruptedException {
        return new LoggingClient(through.as(DemoUser.BACKEND), log)
                .send(Intent.credit(wallet, 10, "credit " + credits.incrementAndGet()));
    }

    /** Says to the bus what a node says that wants to know whether another is there. */
    private byte pingWith(SSLContext context) throws IOException {
        try (Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), busPort)) {
            return ping(socket);
        }
    }

    private byte pingPlain() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
            return ping(socket);
        }
    }

    private static byte ping(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] address = "__vertx_ping".getBytes(StandardCharsets.UTF_8);
        out.writeInt(3 + 4 + address.length + 4 + 4 + 4);
        out.write(new byte[]{1, 1, 0});
        out.writeInt(address.length);
        out.write(address);
        out.writeInt(0);
        out.writeInt(0);
        out.writeInt(4);
        out.flush();
        return new DataInputStream(socket.getInputStream()).readByte();
    }

    private SSLContext context(@Nullable KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, TestAuthority.password());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authority.keys("node0"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
