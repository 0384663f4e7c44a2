package dev.purser.sandbox;

/** Does something later, on the stand-in's one thread, if it stands then. */
@FunctionalInterface
interface StandInTimer {

    /** Long enough for an answer and its events to be first, short enough to wait for. */
    long MOMENT_MILLIS = 250;

    void in(long millis, Runnable then);

    /** What happens by itself after a moment, such as a bank's word. */
    default void soon(Runnable then) {
        in(MOMENT_MILLIS, then);
    }
}
