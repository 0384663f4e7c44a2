package dev.purser.bench;

import dev.purser.bench.load.Heard;

/** What one round gave: what the load heard, and what it cost. */
record Sample(Heard heard, Gauges used) {
}
