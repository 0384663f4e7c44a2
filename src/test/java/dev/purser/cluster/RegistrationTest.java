package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

import dev.purser.support.Defaults;
import dev.purser.support.FreePorts;
import dev.purser.support.LaneRig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

class RegistrationTest {

    private final List<Integer> ports = Stream.generate(FreePorts::next).limit(2).toList();

    /** The only one who kept addresses is gone, and whoever is left has not taken that over yet. */
    @Test
    void shouldWaitForSomebodyWhoKeepsAddresses() {
        HazelcastInstance keeper = Hazelcast.newHazelcastInstance(config(ports.getFirst()));
        HazelcastClusterManager manager = new HazelcastClusterManager(config(ports.getLast()).setLiteMember(true));
        Vertx vertx = LaneRig.await(Vertx.builder().withClusterManager(manager).buildClustered());
        try {
            assertThat(manager.getHazelcastInstance().getCluster().getMembers()).hasSize(2);
            keeper.shutdown();
            Future<MessageConsumer<String>> registered = Registration.of(vertx, "somewhere",
                    message -> message.reply(message.body()));
            await().during(Duration.ofMillis(500)).until(() -> !registered.isComplete());
            manager.getHazelcastInstance().getCluster().promoteLocalLiteMember();
            assertThat(LaneRig.await(registered).isRegistered()).isTrue();
            assertThat(LaneRig.await(vertx.eventBus().request("somewhere", "heard")).body()).isEqualTo("heard");
        } finally {
            LaneRig.await(vertx.close());
        }
    }

    private Config config(int port) {
        List<String> members = ports.stream().map(each -> "127.0.0.1:" + each).toList();
        return HazelcastConfig.of(Defaults.cluster(port, members, 1));
    }
}
