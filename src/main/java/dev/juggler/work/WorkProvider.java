package dev.juggler.work;

import dev.juggler.job.Task;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/**
 * The work of one job, prepared once (checked, compiled, folders opened) and shared by its workers, each of which opens
 * its own session here. Safe to call from any thread.
 */
public interface WorkProvider extends AutoCloseable {

    /** Returns a session for a worker with a thread and resources of its own. */
    BlockingWork blocking();

    /**
     * Returns a session for one of very many workers: like {@link #blocking()}, but all workers of the job share
     * expensive resources, such as a connection pool.
     */
    default BlockingWork blockingShared() {
        return blocking();
    }

    /** Returns a session for a worker on an event loop. Called on that event loop. */
    AsyncWork async(Vertx vertx);

    /**
     * Returns whether a task runs foreign code that computes: it may occupy a processor for any time and ignore
     * interrupts.
     */
    default boolean computes() {
        return false;
    }

    /**
     * Returns the group of a task, to which per-group limits and pauses apply: the origin of a URL. Tasks with equal
     * text are in the same group; {@code ""} when the work has no groups.
     */
    default String group(Task task) {
        return "";
    }

    /** Returns whether waiting tasks leave their event loop free. */
    default boolean leavesLoopFree() {
        return !computes();
    }

    /**
     * Returns the values, by name, of variables that the spec refers to but does not contain. Another JVM that prepares
     * this work from its spec needs them. They are secrets.
     */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /**
     * Returns the time that a task may take to stop after its thread was interrupted or its attempt cancelled. A worker
     * whose task takes longer is abandoned.
     */
    default Duration grace() {
        return Duration.ofMillis(500);
    }

    /** Frees the resources that the workers share, after all of them are undeployed. May block. */
    @Override
    default void close() {}
}
