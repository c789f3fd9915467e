package dev.juggler.node.settings;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs what blocks on worker threads, for callers on an event loop. Futures complete on the caller's context. */
public record BlockingCalls(Vertx vertx) {

    /** An action without a result. */
    @FunctionalInterface
    public interface BlockingAction {
        void run() throws Exception;
    }

    /** Runs an action concurrently with other calls. */
    public Future<Void> run(BlockingAction action) {
        return call(asCallable(action));
    }

    /** Runs an action after the ordered calls that were submitted before it from this context. */
    public Future<Void> runInOrder(BlockingAction action) {
        return callInOrder(asCallable(action));
    }

    /** Computes a value concurrently with other calls. */
    public <T> Future<T> call(Callable<T> action) {
        return vertx.executeBlocking(action, false);
    }

    /** Computes a value after the ordered calls that were submitted before it from this context. */
    public <T> Future<T> callInOrder(Callable<T> action) {
        return vertx.executeBlocking(action, true);
    }

    /**
     * Computes a value on a virtual thread outside any Vert.x context, for actions that deploy verticles. Verticles
     * that are deployed from the caller's context become its children, and are undeployed before it can end in good
     * order.
     */
    public <T> Future<T> callDetached(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofVirtual().name("juggler-detached").start(task);
        return call(() -> {
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        });
    }

    private static Callable<Void> asCallable(BlockingAction action) {
        return () -> {
            action.run();
            return null;
        };
    }
}
