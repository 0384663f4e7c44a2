package dev.purser.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What is kept back on the way comes late, but never twice: no network does that to a connection. */
class FaultyProxyTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void shouldDeliverWhatWasHeldOnce() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                FaultyProxy proxy = FaultyProxy
                        .before("postgresql://nobody@" + HERE.getHostAddress() + ":" + server.getLocalPort() + "/none");
                Socket client = new Socket(HERE, URI.create(proxy.url()).getPort());
                Socket served = server.accept()) {
            for (String silence : new String[]{"first", "second"}) {
                proxy.fallSilent();
                client.getOutputStream().write(silence.getBytes(UTF_8));
                await("bytes that are held").atMost(Duration.ofSeconds(10))
                        .until(() -> proxy.held() == silence.length());
                proxy.heal();
                assertThat(proxy.deliverHeld()).isEqualTo(silence.length());
                client.getOutputStream().write(" heard,".getBytes(UTF_8));
                assertThat(served.getInputStream().readNBytes(silence.length() + 7)).asString(UTF_8)
                        .isEqualTo(silence + " heard,");
            }
        }
    }
}
