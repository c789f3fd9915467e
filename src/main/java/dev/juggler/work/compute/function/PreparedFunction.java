package dev.juggler.work.compute.function;

/** A function that has been resolved and checked, and opens a session for each worker. Safe to use from any thread. */
@FunctionalInterface
public interface PreparedFunction extends AutoCloseable {

    /** Returns a function for one worker. */
    TaskFunction open();

    /** Frees the resources that the workers share, once all of them are closed. */
    @Override
    default void close() {}
}
