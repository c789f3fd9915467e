package dev.juggler.work.compute.function;

/** A function that has been found and checked, from which each worker takes its own. Safe to use from any thread. */
@FunctionalInterface
public interface PreparedFunction extends AutoCloseable {

    /** The function for one worker. */
    TaskFunction open();

    /** Frees what the workers share, once they are closed. */
    @Override
    default void close() {}
}
