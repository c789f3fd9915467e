package dev.juggler.coordinator;

import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects tasks that kill the process of their worker. When a worker dies, any of its tasks may be the cause, so each
 * is retried alone. A task that was present at two deaths runs only while no other such task is in flight, so that a
 * third death proves it to be poison.
 */
final class PoisonTaskDetector {
    /** The number of worker deaths after which a task is set aside. */
    static final int MAX_DEATHS = 3;

    private static final long NONE = -1;

    private final Map<Long, Integer> deaths = new HashMap<>();
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private long inFlight = NONE;

    /** Counts a worker's death with this task, which is no longer in flight; true if the task is poison. */
    boolean recordDeath(Task task) {
        leaveFlight(List.of(task));
        return deaths.merge(task.index(), 1, Integer::sum) >= MAX_DEATHS;
    }

    /** Returns whether this is a single task that must not run together with other suspects. */
    boolean mustRunAlone(List<Task> tasks) {
        return tasks.size() == 1 && deaths.getOrDefault(tasks.getFirst().index(), 0) >= MAX_DEATHS - 1;
    }

    /** Returns whether a worker has died with one of these tasks. */
    boolean isAnySuspect(List<Task> tasks) {
        return tasks.stream().anyMatch(task -> deaths.containsKey(task.index()));
    }

    /** Adds a task that {@link #mustRunAlone}. */
    void add(List<Task> tasks, int attempt) {
        waiting.add(new Batch(tasks, attempt, false));
    }

    /** Takes the next task that may run now; null if there is none. */
    @Nullable
    Batch next() {
        if (inFlight != NONE || waiting.isEmpty()) {
            return null;
        }
        Batch next = waiting.remove();
        inFlight = next.tasks().getFirst().index();
        return next;
    }

    /** Records that a batch of these tasks is no longer in flight. */
    void leaveFlight(List<Task> tasks) {
        if (inFlight != NONE && tasks.size() == 1 && tasks.getFirst().index() == inFlight) {
            inFlight = NONE;
        }
    }

    /** Returns whether no task waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Removes and returns all waiting tasks. */
    List<Batch> drop() {
        List<Batch> dropped = new ArrayList<>(waiting);
        waiting.clear();
        return dropped;
    }
}
