package dev.juggler.work;

import dev.juggler.job.Task;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/**
 * One job's work, made ready once (checked, compiled, folders opened) and shared by its workers, each of which takes
 * its own session from here. Safe to call from any thread.
 */
public interface WorkProvider extends AutoCloseable {

    /** The code of a worker that has a thread to itself and a session of its own. */
    BlockingWork blocking();

    /**
     * The code of a worker that is one of very many: like {@link #blocking()}, but heavy things (a connection pool) are
     * shared by all workers of the job.
     */
    default BlockingWork blockingShared() {
        return blocking();
    }

    /** The code of a worker on an event loop. Called on that event loop. */
    AsyncWork async(Vertx vertx);

    /**
     * Returns whether a task may hold a processor for as long as it likes, and heed no interrupt: foreign code that
     * computes.
     */
    default boolean computes() {
        return false;
    }

    /**
     * What a task shares with others that limits and pauses are to hold for: the origin of a URL. The same text for the
     * same group; {@code ""} where there are no groups.
     */
    default String group(Task task) {
        return "";
    }

    /** Returns whether tasks that wait do so without blocking when they are on an event loop. */
    default boolean leavesLoopFree() {
        return !computes();
    }

    /**
     * Values, by name, of variables that the spec refers to and that stand nowhere else: another JVM that makes this
     * work ready from its spec has to be given them. They are secrets.
     */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /**
     * How long a task may take to end after its thread was interrupted or its attempt cancelled; a worker whose task
     * takes longer is given up.
     */
    default Duration grace() {
        return Duration.ofMillis(500);
    }

    /** Frees what the workers share, after all of them are undeployed. May block. */
    @Override
    default void close() {}
}
