package dev.juggler.engine;

/** A run as those see it who look at its workers meanwhile. Asked from any thread. */
interface ObservedRun {
    /** Workers that have tasks. */
    int busy();

    /** Returns whether it is over, so that there is nothing more to see. */
    boolean hasEnded();
}
