package dev.juggler;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits for conditions that other threads or processes make true. */
public final class Waiting {
    private static final long TIMEOUT_SECONDS = 90;
    private static final long FUTURE_SECONDS = 120;
    private static final long POLL_MILLIS = 5;

    private Waiting() {}

    /** A condition to wait for. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits for a condition without a description; see {@link #until(String, Condition)}. */
    public static void until(Condition condition) throws InterruptedException {
        until("the condition holds", condition);
    }

    /**
     * Polls a condition. Fails if it does not hold within 90 seconds or if it throws; an interrupt ends the wait.
     *
     * @param what the condition in words, such as {@code "the process is gone"}
     */
    public static void until(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!holds(what, condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("timed out waiting until " + what);
            }
            Thread.sleep(POLL_MILLIS);
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
            throw new AssertionError("cannot check whether " + what, e);
        }
    }
}
