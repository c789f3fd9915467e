package dev.juggler;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits for what comes true by itself. */
public final class Waiting {
    private static final long PATIENCE_SECONDS = 90;
    private static final long FUTURE_SECONDS = 120;
    private static final long LOOK_MILLIS = 5;

    private Waiting() {}

    /** Something that comes to hold. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits for a condition that speaks for itself; as {@link #until(String, Condition)}. */
    public static void until(Condition condition) throws InterruptedException {
        until("it comes true", condition);
    }

    /**
     * Looks again and again; what does not hold within a minute and a half is a failure, and so is a look that throws.
     * An interrupt ends it.
     */
    public static void until(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds(what, condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Waits for a future and returns its result.
     *
     * @throws ExecutionException with the cause of its failure
     */
    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(FUTURE_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean holds(String what, Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("looking whether " + what, e);
        }
    }
}
