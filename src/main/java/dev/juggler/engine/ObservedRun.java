package dev.juggler.engine;

/** The view of a run for code that samples its workers. Called from any thread. */
interface ObservedRun {
    /** Returns the number of workers that have tasks. */
    int busy();

    /** Returns whether the run has ended. */
    boolean hasEnded();
}
