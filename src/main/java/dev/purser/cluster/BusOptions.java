package dev.purser.cluster;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** How nodes talk to each other about wallets. What comes over the bus is believed, so it matters who may speak there. */
final class BusOptions {

    private static final int PATIENCE_MILLIS = 2_000;

    private BusOptions() {
    }

    /** The bus listens at the address at which Hazelcast does. */
    static EventBusOptions of(ClusterSettings settings) {
        EventBusOptions options = new EventBusOptions().setPort(settings.busPort())
                .setClusterPingInterval(PATIENCE_MILLIS).setClusterPingReplyInterval(PATIENCE_MILLIS)
                .setConnectTimeout(PATIENCE_MILLIS);
        ClusterSettings.Tls tls = settings.tls();
        return tls == null ? options : secured(options, tls);
    }

    /**
     * Both sides show a certificate, and each believes only the one authority. Names in certificates are not looked at, for
     * nodes know each other by addresses that come and go: whatever the authority has signed is a node.
     */
    private static EventBusOptions secured(EventBusOptions options, ClusterSettings.Tls tls) {
        return options.setSsl(true).setTrustAll(false).setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString())
                        .addKeyPath(tls.key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()))
                .removeEnabledSecureTransportProtocol("TLSv1").removeEnabledSecureTransportProtocol("TLSv1.1");
    }
}
