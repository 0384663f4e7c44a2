/**
 * The designs that the benchmark compares with, each a {@code Wallets} behind the service's own API, so that HTTP, tokens,
 * validation and the database's driver are the same and only the way a spend is made durable differs. Each is as good as
 * its design allows, and does less than the service: no keys, no lots, no holds.
 */
@NullMarked
package dev.purser.bench.rivals;

import org.jspecify.annotations.NullMarked;
