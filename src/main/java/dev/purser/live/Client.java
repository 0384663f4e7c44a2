package dev.purser.live;

/** Someone who is shown a wallet. To be called on any thread. */
interface Client {

    String walletId();

    void show(Shown shown);

    void end(Farewell why);
}
