package dev.juggler.worker;

import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;

/** Opens the runner of a worker in one of the two styles. Called on the worker's context. */
public final class TaskRunners {
    private TaskRunners() {}

    /** Blocking code with a session of its own. */
    public static TaskRunner blocking(String worker, WorkProvider work, AttemptTimeouts patience) {
        return new BlockingTaskRunner(worker, work.blocking(), patience, false);
    }

    /** Blocking code on a virtual thread, which shares what is heavy with the job's other workers. */
    public static TaskRunner blockingShared(String worker, WorkProvider work, AttemptTimeouts patience) {
        boolean mayGetStuck = work.computes() && patience.timeout().isPresent();
        return new BlockingTaskRunner(worker, work.blockingShared(), patience, mayGetStuck);
    }

    /** Code for an event loop. */
    public static TaskRunner async(String worker, WorkProvider work, AttemptTimeouts patience, Vertx vertx) {
        return new AsyncTaskRunner(worker, work.async(vertx), patience, vertx);
    }
}
