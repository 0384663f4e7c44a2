package dev.purser.live;

import dev.purser.lane.Wallets;

/** What a client's session needs of others. */
public record Surroundings(LiveSettings settings, LiveHub hub, Gate gate, Wallets wallets, LiveMeter meter) {
}
