package dev.juggler.coordinator;

import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Restores the order of the inputs among outcomes. It holds early ones; the coordinator bounds their number by not
 * dispatching far ahead of the first task that is not done ({@link #held()}).
 */
final class OutcomeSequencer {
    private final Deque<Long> expected = new ArrayDeque<>();
    private final Map<Long, List<Outcome>> early = new HashMap<>();
    private final Set<Long> done = new HashSet<>();

    /** Adds tasks that leave their page, in order. */
    void expect(List<Task> tasks) {
        tasks.forEach(task -> expected.add(task.index()));
    }

    /** Accepts an outcome; {@code last} if its task is not retried. */
    void accept(Outcome outcome, boolean last) {
        early.computeIfAbsent(outcome.task().index(), index -> new ArrayList<>(1))
                .add(outcome);
        if (last) {
            finish(outcome.task().index());
        }
    }

    /** Records that the task of this index has no more outcomes. */
    void finish(long index) {
        done.add(index);
    }

    /** Removes and returns the outcomes that are next in order. */
    List<Outcome> release() {
        List<Outcome> released = new ArrayList<>();
        while (isReady()) {
            done.remove(expected.peek());
            List<Outcome> outcomes = early.remove(expected.remove());
            if (outcomes != null) {
                released.addAll(outcomes);
            }
        }
        return released;
    }

    /** Returns whether the first expected task is done. */
    boolean isReady() {
        return !expected.isEmpty() && done.contains(expected.peek());
    }

    /** The number of tasks from the first that is not done to the last expected one. */
    int held() {
        return expected.size();
    }
}
