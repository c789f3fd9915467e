package dev.juggler.engine;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures. Blocks the calling thread, which must not be an event loop. */
public final class Await {
    private Await() {}

    /**
     * Waits without a limit.
     *
     * @throws ExecutionException when the future fails, with its failure as the cause
     */
    public static <T> T result(Future<T> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /**
     * Waits without a limit for an I/O operation.
     *
     * @throws IOException when the future fails, with its failure as the cause and the message of that
     */
    public static <T> T ioResult(Future<T> future) throws InterruptedException, IOException {
        try {
            return result(future);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause(), "an ExecutionException has a cause");
            throw new IOException(cause.getMessage(), cause);
        }
    }

    /**
     * Waits for a bounded time.
     *
     * @throws ExecutionException when the future fails, with its failure as the cause
     * @throws TimeoutException when it has not completed in time; the future is left unchanged
     */
    public static <T> T result(Future<T> future, Duration time)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
