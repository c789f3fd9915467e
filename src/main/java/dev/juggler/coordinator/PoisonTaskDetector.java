package dev.juggler.coordinator;

import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that a worker was doing when its process died. Which of several it was nobody knows, so each is tried again alone;
 * one that was there twice goes while no other such task is in flight, so that the third death tells.
 */
final class PoisonTaskDetector {
    /** A task that so many workers have died with is set aside. */
    static final int POISON = 3;

    private final Map<Long, Integer> deaths = new HashMap<>();
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private long out = -1;

    /** Counts a death; true when it was the last for this task. */
    boolean died(Task task) {
        returned(List.of(task));
        return deaths.merge(task.index(), 1, Integer::sum) >= POISON;
    }

    /** Whether this is a task that has to wait until it can go without others of its kind. */
    boolean areWary(List<Task> tasks) {
        return tasks.size() == 1 && deaths.getOrDefault(tasks.getFirst().index(), 0) >= POISON - 1;
    }

    /** Whether a worker has died with one of these. */
    boolean know(List<Task> tasks) {
        return tasks.stream().anyMatch(task -> deaths.containsKey(task.index()));
    }

    void add(List<Task> tasks, int attempt) {
        waiting.add(new Batch(tasks, attempt, false));
    }

    /** The next that goes now; null when there is none. */
    Batch take() {
        if (out >= 0 || waiting.isEmpty()) {
            return null;
        }
        Batch next = waiting.remove();
        out = next.tasks().getFirst().index();
        return next;
    }

    /** Notes that a batch has come back in any way. */
    void returned(List<Task> tasks) {
        if (out >= 0 && tasks.size() == 1 && tasks.getFirst().index() == out) {
            out = -1;
        }
    }

    /** Whether none waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes out all that wait. */
    List<Batch> drop() {
        List<Batch> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }
}
