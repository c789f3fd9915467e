package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A function as one worker calls it. Confined to that worker. */
@FunctionalInterface
public interface TaskFunction extends AutoCloseable {

    /**
     * Calls the function and returns a JSON value as {@link dev.juggler.job.Value.Computed} requires; or, for a result
     * that is not available yet, a {@link CompletableFuture} of one (cancelling it ends the work) or a
     * {@link DelayedResult}. The caller's style decides which thread waits, and how.
     *
     * @throws TaskFailureException for a failure with a type of its own
     * @throws Throwable any other exception of the function
     */
    @Nullable
    Object call(Input input) throws Throwable;

    @Override
    default void close() {}

    /** A result that is available after a delay. */
    record DelayedResult(Duration delay, Object value) {}
}
