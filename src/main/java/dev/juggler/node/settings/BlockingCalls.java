package dev.juggler.node.settings;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What an event loop has others do for it, since it blocks. Futures complete on the caller's context. */
public record BlockingCalls(Vertx vertx) {

    /** An action without a result. */
    public interface BlockingAction {
        void run() throws Exception;
    }

    /** Runs an action beside others. */
    public Future<Void> perform(BlockingAction action) {
        return run(() -> {
            action.run();
            return null;
        });
    }

    /** Runs an action beside others. */
    public <T> Future<T> run(Callable<T> action) {
        return vertx.executeBlocking(action, false);
    }

    /** Runs an action after those that were given here before. */
    public <T> Future<T> inOrder(Callable<T> action) {
        return vertx.executeBlocking(action, true);
    }

    /**
     * Runs an action that deploys verticles. Were they deployed from the caller's context they would be its children, and
     * undeployed before it had a chance to end in good order.
     */
    public <T> Future<T> onThreadOfItsOwn(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofVirtual().name("juggler-begin").start(task);
        return run(() -> {
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        });
    }
}
