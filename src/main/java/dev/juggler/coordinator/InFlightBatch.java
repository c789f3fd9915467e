package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.Task;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A batch that was sent to a worker and is not answered. Only {@link InFlightBatches} changes it. */
final class InFlightBatch {
    private final long id;
    private final WorkerReady worker;
    private final Batch sent;
    private final long sentNanos;
    private Batch awaited;
    /** The indexes of the awaited tasks; null while all are. */
    private @Nullable Set<Long> awaitedIndexes;

    private int unconfirmedSeconds;
    private boolean hedged;
    private @Nullable InFlightBatch copy;

    InFlightBatch(long id, WorkerReady worker, Batch sent, long sentNanos) {
        this.id = id;
        this.worker = worker;
        this.sent = sent;
        this.awaited = sent;
        this.sentNanos = sentNanos;
    }

    /** The number of this flight, unique within the job. */
    long id() {
        return id;
    }

    WorkerReady worker() {
        return worker;
    }

    /** All tasks that were sent to the worker. */
    Batch sent() {
        return sent;
    }

    /** The tasks that this worker's reply decides: all of them, or fewer if the batch has or had a copy. */
    Batch awaited() {
        return awaited;
    }

    boolean awaits(Task task) {
        return awaitedIndexes == null || awaitedIndexes.contains(task.index());
    }

    /** The {@link System#nanoTime} at which it was sent. */
    long sentNanos() {
        return sentNanos;
    }

    /** Returns whether it is, or was, one of two copies. */
    boolean isHedged() {
        return hedged;
    }

    /** Returns whether no task is awaited from it, because its copy was first with all of them. */
    boolean isDecided() {
        return awaited.tasks().isEmpty();
    }

    void await(List<Task> tasks) {
        awaited = new Batch(tasks, sent.attempt(), false);
        awaitedIndexes = tasks.stream().map(Task::index).collect(Collectors.toSet());
    }

    /** Stops awaiting these tasks. */
    void settle(Set<Long> indexes) {
        await(awaited.tasks().stream()
                .filter(task -> !indexes.contains(task.index()))
                .toList());
    }

    /** Makes this batch and another copies of each other. */
    void pairWith(InFlightBatch other) {
        copy = other;
        other.copy = this;
        hedged = true;
        other.hedged = true;
    }

    /** Separates it from its copy, and returns the copy; null if none is in flight. */
    @Nullable
    InFlightBatch separate() {
        InFlightBatch other = copy;
        if (other != null) {
            other.copy = null;
            copy = null;
        }
        return other;
    }

    void confirm() {
        unconfirmedSeconds = 0;
    }

    /**
     * Counts a second in which a remote worker may have confirmed it; returns the seconds since the last confirmation.
     */
    int countSecond() {
        unconfirmedSeconds += worker.remote() ? 1 : 0;
        return unconfirmedSeconds;
    }
}
