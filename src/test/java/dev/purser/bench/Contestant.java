package dev.purser.bench;

/** A server that is measured: its process, the one that keeps its data, and how many connections it has to that. */
record Contestant(String name, int port, long pid, long storePid, int connections) {
}
