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
 * Puts outcomes back into the order of the inputs. It holds what came early; the coordinator bounds that by not
 * dispatching far ahead of the first task that is not done ({@link #held()}).
 */
final class OutcomeSequencer {
    private final Deque<Long> expected = new ArrayDeque<>();
    private final Map<Long, List<Outcome>> early = new HashMap<>();
    private final Set<Long> done = new HashSet<>();

    /** Notes tasks that are dispatched for the first time, in order. */
    void expect(List<Task> tasks) {
        tasks.forEach(task -> expected.add(task.index()));
    }

    /** Takes an outcome; {@code last} when the task is not tried again. */
    void accept(Outcome outcome, boolean last) {
        early.computeIfAbsent(outcome.task().index(), index -> new ArrayList<>(1))
                .add(outcome);
        if (last) {
            finish(outcome.task().index());
        }
    }

    /** Notes that no more outcomes of this task come. */
    void finish(long index) {
        done.add(index);
    }

    /** What can be given out now. */
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

    /** Whether something can be given out now. */
    boolean isReady() {
        return !expected.isEmpty() && done.contains(expected.peek());
    }

    /** How many tasks were dispatched since the first one that is not done, and that one. */
    int held() {
        return expected.size();
    }
}
