package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A function ready to be called by one worker. Confined to that worker. */
@FunctionalInterface
public interface TaskFunction extends AutoCloseable {

    /**
     * Calls the function and returns a JSON value as {@link dev.juggler.job.Value.Computed} wants it; or, for an answer
     * that is not there yet, a {@link CompletableFuture} of one (cancelling it ends the work) or a {@link CallPause}.
     * Which thread waits, and how, is up to the style of the caller.
     *
     * @throws TaskFailureException for a failure with a type of its own
     * @throws Throwable whatever the function throws
     */
    Object call(Input input) throws Throwable;

    @Override
    default void close() {}

    /** An answer that is there after a time. */
    record CallPause(Duration duration, Object answer) {}
}
