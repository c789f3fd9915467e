package dev.juggler.compare;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Waits for the results of futures. Must not be used on an event loop. */
public final class BlockingResult {
    private BlockingResult() {}

    /**
     * Blocks until a future completes.
     *
     * @return its result
     * @throws IOException if it failed, with the message of the failure
     */
    public static <T> T await(Future<T> future) throws InterruptedException, IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        }
    }
}
