package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

import dev.purser.support.Defaults;
import dev.purser.support.FreePorts;
import dev.purser.support.LaneRig;

/** What somebody can do who reaches the port that is for nodes. */
@Timeout(90)
class ClusterPortTest {

    private final int port = FreePorts.next();
    private final ClusterNode node = LaneRig
            .await(ClusterNode.join(Defaults.cluster(port, List.of("127.0.0.1:" + port), 1)));

    @AfterEach
    void leave() {
        LaneRig.await(node.leave());
    }

    @Test
    void shouldNotServeHazelcastsClients() {
        ClientConfig config = new ClientConfig().setClusterName("purser");
        config.getNetworkConfig().addAddress("127.0.0.1:" + port);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2_000);
        assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config).shutdown())
                .hasMessageContaining("Unable to connect");
    }

    @Test
    void shouldNotLetInAClusterOfAnotherName() {
        HazelcastInstance stranger = stranger("sold-out");
        try {
            assertThat(stranger.getCluster().getMembers()).hasSize(1);
            assertThat(node.members()).isEqualTo(1);
        } finally {
            stranger.getLifecycleService().terminate();
        }
    }

    @Test
    void shouldNotRunTheCodeOfClassesThatAMemberSends() {
        HazelcastInstance stranger = stranger("purser");
        try {
            assertThat(stranger.getCluster().getMembers()).as("it knows the name, so it is let in").hasSize(2);
            assertThatThrownBy(() -> stranger.getExecutorService("any").submitToMember(new Weapon(),
                    stranger.getCluster().getMembers().iterator().next()).get())
                    .isInstanceOf(ExecutionException.class).hasMessageContaining("not allowed");
            assertThat(Weapon.FIRED).as("what was run at the node").hasValue(0);
        } finally {
            stranger.getLifecycleService().terminate();
        }
    }

    private HazelcastInstance stranger(String clusterName) {
        Config config = new Config().setClusterName(clusterName);
        config.setProperty("hazelcast.logging.type", "slf4j").setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.partition.count", String.valueOf(Partitions.COUNT))
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.max.join.seconds", "5");
        config.getNetworkConfig().setPort(FreePorts.next()).getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + port);
        return Hazelcast.newHazelcastInstance(config);
    }

    /** Java runs this while it reads the object, before anybody could look at it. */
    static final class Weapon implements Callable<String>, Serializable {

        private static final long serialVersionUID = 1;
        static final AtomicInteger FIRED = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            FIRED.incrementAndGet();
        }

        @Override
        public String call() {
            return "fired";
        }
    }
}
