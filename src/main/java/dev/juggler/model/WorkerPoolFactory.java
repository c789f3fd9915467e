package dev.juggler.model;

/** Creates the workers of a run. Thread-safe. */
@FunctionalInterface
public interface WorkerPoolFactory {

    /** Creates workers that are not deployed yet. */
    WorkerPool create(WorkerPoolRequest request);
}
