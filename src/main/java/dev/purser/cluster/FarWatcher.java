package dev.purser.cluster;

import java.util.List;

import dev.purser.lane.News;
import dev.purser.lane.Watcher;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;

/** A node that watches wallets, as their lane knows it. Whether it hears is its own business: it asks again. */
record FarWatcher(EventBus bus, String nodeId) implements Watcher {

    private static final DeliveryOptions OPTIONS = new DeliveryOptions()
            .setCodecName(WireCodec.nameFor(Watch.Told.class));
    private static final int AT_ONCE = 1_000;

    @Override
    public void tell(List<News> news) {
        for (int from = 0; from < news.size(); from += AT_ONCE) {
            bus.send(Addresses.ofNews(nodeId),
                    new Watch.Told(news.subList(from, Math.min(news.size(), from + AT_ONCE))), OPTIONS);
        }
    }
}
