package dev.purser.catalog;

import io.vertx.core.Future;

/** Where packs are bought. What is paid here is credited only when the payment provider says so, by itself. */
public interface Till {

    /** Begins a payment. The future never fails: what goes wrong is a sale, too. */
    Future<Sale> sell(Order order);
}
