package dev.juggler.coordinator;

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
import org.jspecify.annotations.Nullable;

/**
 * Enforces limits per group of tasks: tasks in flight, starts per second, and pauses. Tasks that may not start wait
 * here, in a queue for each group, so that no group delays another. Groups that may start take turns.
 *
 * <p>The group of a task is determined only while a limit or a pause is in force.
 */
final class TaskGroups {
    /** The number of waiting tasks at which no fresh ones are admitted. */
    static final int MAX_WAITING = 10_000;

    /** The number of groups below which idle ones are not removed. */
    private static final int MIN_SWEEP = 1_024;

    private final PerGroup limits;
    private final Function<Task, String> groupOf;
    private final Map<String, TaskGroup> groups = new HashMap<>();
    private final Deque<TaskGroup> ready = new ArrayDeque<>();
    private final PriorityQueue<DelayedGroup> delayed = new PriorityQueue<>();
    private int sweepAt = MIN_SWEEP;
    private int waiting;
    private boolean paused;
    private long lastPauseEnd;

    /** A group whose first task may start at this time. */
    private record DelayedGroup(TaskGroup group, long dueNanos) implements Comparable<DelayedGroup> {
        @Override
        public int compareTo(DelayedGroup other) {
            return Long.signum(dueNanos - other.dueNanos);
        }
    }

    /**
     * Starts without groups.
     *
     * @param groupOf names the group of a task
     */
    TaskGroups(PerGroup limits, Function<Task, String> groupOf) {
        this.limits = limits;
        this.groupOf = groupOf;
    }

    /** Returns whether tasks need to be admitted. */
    boolean areEnforced(long nanoTime) {
        paused = paused && lastPauseEnd - nanoTime > 0;
        return limits.isSet() || paused || waiting > 0;
    }

    /** Pauses the group of a task for this many nanoseconds, at most for the longest pause that the limits allow. */
    void pause(Task task, long nanos, long nanoTime) {
        long until = nanoTime + Math.min(nanos, limits.longestPause().toNanos());
        group(task, nanoTime).pause(until);
        lastPauseEnd = paused && lastPauseEnd - until > 0 ? lastPauseEnd : until;
        paused = true;
    }

    /** Starts the tasks that may start and returns them; the others wait. Null if none may. */
    @Nullable
    Batch admit(Batch batch, long nanoTime) {
        List<Task> admitted = new ArrayList<>(batch.tasks().size());
        for (Task task : batch.tasks()) {
            if (admit(new WaitingTask(task, batch.attempt(), batch.fresh(), null), nanoTime)) {
                admitted.add(task);
            }
        }
        return admitted.isEmpty() ? null : new Batch(admitted, batch.attempt(), batch.fresh());
    }

    /** Starts a task if it may start; otherwise it waits. */
    boolean admit(WaitingTask task, long nanoTime) {
        TaskGroup group = group(task.task(), nanoTime);
        if (group.waiting().isEmpty() && group.mayStart(nanoTime)) {
            group.start();
            return true;
        }
        group.waiting().add(task);
        waiting++;
        schedule(group, nanoTime);
        return false;
    }

    /** Starts tasks that waited, one of each group in turn; null if none may start. */
    @Nullable
    Batch take(int max, long nanoTime) {
        while (!delayed.isEmpty() && delayed.element().dueNanos - nanoTime <= 0) {
            reschedule(delayed.remove().group, nanoTime);
        }
        List<Task> tasks = new ArrayList<>();
        @Nullable WaitingTask first = null;
        while (tasks.size() < max && !ready.isEmpty()) {
            TaskGroup group = ready.remove();
            if (group.mayStart(nanoTime)) {
                WaitingTask next = group.waiting().element();
                if (first != null && !first.fitsWith(next)) {
                    ready.addFirst(group);
                    break;
                }
                first = next;
                tasks.add(next.task());
                group.waiting().remove();
                waiting--;
                group.start();
            }
            reschedule(group, nanoTime);
        }
        return first == null ? null : new Batch(tasks, first.attempt(), first.fresh());
    }

    /** Records that started tasks are no longer in flight. */
    void leaveFlight(List<Task> tasks, long nanoTime) {
        if (limits.inFlight().isPresent()) {
            for (Task task : tasks) {
                TaskGroup group = group(task, nanoTime);
                group.end();
                schedule(group, nanoTime);
            }
        }
    }

    private TaskGroup group(Task task, long nanoTime) {
        if (groups.size() > sweepAt) {
            groups.values().removeIf(group -> group.isIdle(nanoTime));
            sweepAt = Math.max(MIN_SWEEP, 2 * groups.size());
        }
        return groups.computeIfAbsent(groupOf.apply(task), name -> new TaskGroup(limits, nanoTime));
    }

    private void reschedule(TaskGroup group, long nanoTime) {
        group.setScheduled(false);
        schedule(group, nanoTime);
    }

    /** Queues a group until its next task may start. A full group is queued when one of its tasks has ended. */
    private void schedule(TaskGroup group, long nanoTime) {
        if (group.isScheduled() || group.waiting().isEmpty() || group.isFull()) {
            return;
        }
        group.setScheduled(true);
        long wait = group.waitNanos(nanoTime);
        if (wait == 0) {
            ready.add(group);
        } else {
            delayed.add(new DelayedGroup(group, nanoTime + wait));
        }
    }

    /** Returns whether too many tasks wait for fresh ones to be admitted. */
    boolean areCrowded() {
        return waiting >= MAX_WAITING;
    }

    /** Returns whether no task waits. */
    boolean isEmpty() {
        return waiting == 0;
    }

    /** The time at which a waiting task may start; empty if none waits, or each needs another to end first. */
    OptionalLong nextDue(long nanoTime) {
        if (!ready.isEmpty()) {
            return OptionalLong.of(nanoTime);
        }
        return delayed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(delayed.element().dueNanos);
    }

    /** Removes and returns all waiting tasks. */
    List<WaitingTask> drop() {
        List<WaitingTask> dropped = groups.values().stream()
                .flatMap(group -> group.waiting().stream())
                .toList();
        groups.values().forEach(group -> {
            group.waiting().clear();
            group.setScheduled(false);
        });
        ready.clear();
        delayed.clear();
        waiting = 0;
        return dropped;
    }
}
