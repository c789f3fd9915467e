package dev.juggler.engine;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures. It blocks the calling thread, which must be no event loop. */
public final class Await {
    private Await() {}

    /**
     * Waits for as long as it takes.
     *
     * @throws ExecutionException when the future fails, with its failure as the cause
     */
    public static <T> T result(Future<T> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /**
     * Waits for as long as it takes, where whatever fails is a failure of input or output.
     *
     * @throws IOException when the future fails, with the message of its failure, and that as the cause
     */
    public static <T> T ioResult(Future<T> future) throws InterruptedException, IOException {
        try {
            return result(future);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Waits for a bounded time.
     *
     * @throws ExecutionException when the future fails, with its failure as the cause
     * @throws TimeoutException when it has not completed in time; it stays as it is
     */
    public static <T> T result(Future<T> future, Duration time)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
