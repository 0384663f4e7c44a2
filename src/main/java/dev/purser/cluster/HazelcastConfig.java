package dev.purser.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;

import io.vertx.spi.cluster.hazelcast.ConfigUtil;

/** Hazelcast as a router and nothing more: it knows who is there and who owns which partition, and stores no wallet. */
final class HazelcastConfig {

    private static final String DNS = "dns:";
    private static final String LOOPBACK = "127.0.0.1";

    private HazelcastConfig() {
    }

    static Config of(ClusterSettings settings) {
        // Read before any configuration is, by the classes that read configurations.
        System.setProperty("hazelcast.logging.type", "slf4j");
        Config config = ConfigUtil.loadConfig();
        config.setClusterName(settings.name());
        config.getMemberAttributeConfig().setAttribute(View.LANES, String.valueOf(settings.lanes()));
        config.setProperty("hazelcast.partition.count", String.valueOf(Partitions.COUNT));
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        // Nodes that are asked to join find each other at once; nobody waits for those that might still come.
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        // A killed node closes its sockets and is missed at once; this is for one that hangs or is cut off. It may be short,
        // since a node that is missed by mistake does no harm: deeds decide who serves what.
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "6");
        // Two nodes that do not hear each other, while others hear both: one of them has to go.
        config.setProperty("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "2");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        // There is next to no data to hand over.
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "20");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getSerializationConfig().setJavaSerializationFilterConfig(classes());
        network(config.getAdvancedNetworkConfig(), settings);
        return config;
    }

    /**
     * Whoever reaches the port may send Java objects, and reading one runs code of its class: so only of those classes that
     * members send each other, which are Hazelcast's own and exceptions.
     */
    private static JavaSerializationFilterConfig classes() {
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true)
                .setWhitelist(new ClassFilter()
                        .addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.impl.", "java.io.")
                        .addPackages("java.lang", "java.util.concurrent")
                        .addPrefixes("java.util.Collections$", "[Ljava.lang.StackTraceElement;"))
                .setBlacklist(new ClassFilter().addPrefixes("java.lang.invoke.", "java.lang.reflect."));
    }

    /** A port for members alone: there is none for Hazelcast's clients, REST or memcache. */
    private static void network(AdvancedNetworkConfig network, ClusterSettings settings) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        List<String> members = members(settings.members());
        JoinConfig join = network.setEnabled(true).setMemberEndpointConfig(endpoint).getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (members.isEmpty()) {
            // Alone, and nobody can come: any port will do.
            endpoint.setPort(0).setPortAutoIncrement(true);
        } else {
            endpoint.setPort(settings.port()).setPortAutoIncrement(settings.port() == 0);
            join.getTcpIpConfig().setEnabled(true).setMembers(members).setConnectionTimeoutSeconds(2);
        }
        String host = members.isEmpty() ? LOOPBACK : settings.host();
        if (host != null) {
            endpoint.getInterfaces().setEnabled(true).addInterface(host);
        }
    }

    /** {@code dns:} stands for all addresses behind a name. */
    private static List<String> members(List<String> named) {
        return named.stream()
                .flatMap(member -> member.startsWith(DNS) ? resolve(member.substring(DNS.length())) : Stream.of(member))
                .toList();
    }

    private static Stream<String> resolve(String service) {
        int colon = service.lastIndexOf(':');
        String host = colon < 0 ? service : service.substring(0, colon);
        String port = colon < 0 ? "" : service.substring(colon);
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).map(address -> address.getHostAddress() + port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Expected cluster.members to name a service that DNS knows, but "
                    + service + " cannot be resolved", e);
        }
    }
}
