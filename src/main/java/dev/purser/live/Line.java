package dev.purser.live;

/** How a client is reached: a WebSocket or a stream of events. Used on the client's own thread. */
interface Line extends Feed.Outlet {

    /** What is written and not sent yet; so much a slow reader costs. */
    int MOST_UNSENT = 4 << 10;

    /** Says that the client's version is the latest. */
    void writeCurrent(long version);

    /** Asks whether it is still there; answers whether it has to say so. */
    boolean ping();

    void close(Farewell why);
}
