package dev.juggler.coordinator;

import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.coordinator.TaskGroup.WaitingTask;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * What holds tasks back by their group: so many at a time, so many in a time, none before a time. Those that may not
 * start wait here, each group in a line of its own, so that no group holds up another; groups that may start take turns.
 *
 * <p>A task is asked for its group only while a limit or a pause is in force: without them nothing here is called.
 */
final class TaskGroups {
    /** Tasks that may wait here before no fresh ones are looked at. */
    static final int MOST_WAITING = 10_000;

    /** With fewer groups than this it is not worth looking for those that could be forgotten. */
    private static final int FEW = 1_024;

    private final PerGroup limits;
    private final Function<Task, String> groupOf;
    private final Map<String, TaskGroup> groups = new HashMap<>();
    private final Deque<TaskGroup> ready = new ArrayDeque<>();
    private final PriorityQueue<DueGroup> later = new PriorityQueue<>();
    private int sweepAt = FEW;
    private int waiting;
    private boolean pausing;
    private long lastPauseEnds;

    /** A group whose first task may start at this time. */
    private record DueGroup(TaskGroup group, long nanos) implements Comparable<DueGroup> {
        @Override
        public int compareTo(DueGroup other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    TaskGroups(PerGroup limits, Function<Task, String> groupOf) {
        this.limits = limits;
        this.groupOf = groupOf;
    }

    /** Whether tasks have to be asked for their group. */
    boolean inForce(long nanoTime) {
        pausing = pausing && lastPauseEnds - nanoTime > 0;
        return limits.isSet() || pausing || waiting > 0;
    }

    /** Lets no task of this one's group start before a time, which is cut to the longest pause there is. */
    void pause(Task task, long nanos, long nanoTime) {
        long until = nanoTime + Math.min(nanos, limits.longestPause().toNanos());
        group(task, nanoTime).pause(until);
        lastPauseEnds = pausing && lastPauseEnds - until > 0 ? lastPauseEnds : until;
        pausing = true;
    }

    /** Counts those that may start, and returns them; the others wait. Null when none may. */
    Batch admit(Batch share, long nanoTime) {
        List<Task> admitted = new ArrayList<>(share.tasks().size());
        for (Task task : share.tasks()) {
            if (admit(new WaitingTask(task, share.attempt(), share.fresh(), null), nanoTime)) {
                admitted.add(task);
            }
        }
        return admitted.isEmpty() ? null : new Batch(admitted, share.attempt(), share.fresh());
    }

    /** Counts a task if it may start; otherwise it waits. */
    boolean admit(WaitingTask one, long nanoTime) {
        TaskGroup group = group(one.task(), nanoTime);
        if (group.line().isEmpty() && group.mayStart(nanoTime)) {
            group.start();
            return true;
        }
        group.line().add(one);
        waiting++;
        queue(group, nanoTime);
        return false;
    }

    /** Tasks that waited and may start now, one of each group in turn; null when there are none. */
    Batch take(int max, long nanoTime) {
        while (!later.isEmpty() && later.peek().nanos - nanoTime <= 0) {
            queueAgain(later.remove().group, nanoTime);
        }
        List<Task> tasks = new ArrayList<>();
        WaitingTask first = null;
        while (tasks.size() < max && !ready.isEmpty()) {
            TaskGroup group = ready.remove();
            if (group.mayStart(nanoTime)) {
                WaitingTask next = group.line().peek();
                if (first != null && !first.travelsWith(next)) {
                    ready.addFirst(group);
                    break;
                }
                first = next;
                tasks.add(next.task());
                group.line().remove();
                waiting--;
                group.start();
            }
            queueAgain(group, nanoTime);
        }
        return first == null ? null : new Batch(tasks, first.attempt(), first.fresh());
    }

    /** Notes that tasks which were started are in flight no more. */
    void landed(List<Task> tasks, long nanoTime) {
        if (limits.inFlight().isPresent()) {
            for (Task task : tasks) {
                TaskGroup group = group(task, nanoTime);
                group.end();
                queue(group, nanoTime);
            }
        }
    }

    private TaskGroup group(Task task, long nanoTime) {
        if (groups.size() > sweepAt) {
            groups.values().removeIf(group -> group.isIdle(nanoTime));
            sweepAt = Math.max(FEW, 2 * groups.size());
        }
        return groups.computeIfAbsent(groupOf.apply(task), name -> new TaskGroup(limits, nanoTime));
    }

    private void queueAgain(TaskGroup group, long nanoTime) {
        group.setQueued(false);
        queue(group, nanoTime);
    }

    /** Puts a group where it is looked at when its next task may start; a full one is looked at when one has ended. */
    private void queue(TaskGroup group, long nanoTime) {
        if (group.isQueued() || group.line().isEmpty() || group.isFull()) {
            return;
        }
        group.setQueued(true);
        long wait = group.waitNanos(nanoTime);
        if (wait == 0) {
            ready.add(group);
        } else {
            later.add(new DueGroup(group, nanoTime + wait));
        }
    }

    /** Whether no more fresh tasks should come to wait. */
    boolean crowded() {
        return waiting >= MOST_WAITING;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** When one of those that wait may start; empty when that takes the end of another. */
    OptionalLong nextDue(long nanoTime) {
        if (!ready.isEmpty()) {
            return OptionalLong.of(nanoTime);
        }
        return later.isEmpty() ? OptionalLong.empty() : OptionalLong.of(later.peek().nanos);
    }

    /** Forgets those that wait, and returns them. */
    List<WaitingTask> drop() {
        List<WaitingTask> all =
                groups.values().stream().flatMap(group -> group.line().stream()).toList();
        groups.values().forEach(group -> {
            group.line().clear();
            group.setQueued(false);
        });
        ready.clear();
        later.clear();
        waiting = 0;
        return all;
    }
}
