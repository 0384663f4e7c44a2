package dev.purser.live;

/** What there is to count. To be called on any thread. */
public interface LiveMeter {

    /** A balance was sent to a client. */
    void shown();

    /** A client is gone: {@code left} by itself, or for the reason it was given. */
    void ended(String why);
}
