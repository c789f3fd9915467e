package dev.juggler.worker;

import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;

/** Factory methods for the blocking and the asynchronous task runner. Called on the worker's context. */
public final class TaskRunners {
    private TaskRunners() {}

    /** Creates a runner for blocking code with a session of its own. */
    public static TaskRunner blocking(String worker, WorkProvider work, AttemptTimeouts timeouts) {
        return new BlockingTaskRunner(worker, work.blocking(), timeouts, false);
    }

    /**
     * Creates a runner for blocking code on a virtual thread, which shares heavy resources with the job's other
     * workers.
     */
    public static TaskRunner blockingShared(String worker, WorkProvider work, AttemptTimeouts timeouts) {
        boolean addCarrier = work.computes() && timeouts.timeout().isPresent();
        return new BlockingTaskRunner(worker, work.blockingShared(), timeouts, addCarrier);
    }

    /** Creates a runner for asynchronous code on an event loop. */
    public static TaskRunner async(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx) {
        return new AsyncTaskRunner(worker, work.async(vertx), timeouts, vertx);
    }
}
