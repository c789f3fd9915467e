package dev.juggler.coordinator;

import dev.juggler.coordinator.TaskGroup.WaitingTask;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait to be dispatched, in this order: those that waited for their group, retries that are due, those
 * that a worker returned, and the pages read from the source. Bounded, since no page is read while it is full.
 */
final class Backlog {
    /** The number of failed tasks waiting for a retry at which reading stops. */
    static final int MAX_RETRIES = 10_000;

    private final TaskGroups groups;
    private final Consumer<List<Task>> onTaken;
    private final PriorityQueue<PendingRetry> retries = new PriorityQueue<>();
    private final Deque<Batch> requeued = new ArrayDeque<>();
    private final Deque<List<Task>> pages = new ArrayDeque<>();
    private int position;
    private int fresh;

    /** A task that failed and is retried when it is due. */
    private record PendingRetry(Outcome last, long dueNanos) implements Comparable<PendingRetry> {
        @Override
        public int compareTo(PendingRetry other) {
            // Not by Long.compare: a nanoTime may wrap around.
            return Long.signum(dueNanos - other.dueNanos);
        }
    }

    /**
     * Creates an empty backlog.
     *
     * @param onTaken takes the tasks that leave their page, in order; they are dispatched now, or wait for their group
     */
    Backlog(TaskGroups groups, Consumer<List<Task>> onTaken) {
        this.groups = groups;
        this.onTaken = onTaken;
    }

    void add(List<Task> page) {
        pages.add(page);
        fresh += page.size();
    }

    /** Adds tasks that were dispatched and not started; their next dispatch is this {@code attempt} again. */
    void requeue(List<Task> tasks, int attempt) {
        if (!tasks.isEmpty()) {
            requeued.add(new Batch(tasks, attempt, false));
        }
    }

    /** Adds a failed task, which is due again at this {@link System#nanoTime}. */
    void retry(Outcome last, long dueNanos) {
        retries.add(new PendingRetry(last, dueNanos));
    }

    /**
     * Takes the next tasks, at most {@code max}; null if none can be dispatched now.
     *
     * @param takeFresh whether fresh tasks may be taken; the others always may, since ordered results wait for them
     */
    @Nullable
    Batch take(int max, long nanoTime, boolean takeFresh) {
        if (groups.areEnforced(nanoTime)) {
            return takeAdmitted(max, nanoTime, takeFresh);
        }
        if (isRetryDue(nanoTime)) {
            Outcome last = retries.remove().last;
            return new Batch(List.of(last.task()), last.attempt() + 1, false);
        }
        return takeUndelayed(max, takeFresh);
    }

    /** Takes tasks whose groups admit them; passes over those whose groups do not. */
    private @Nullable Batch takeAdmitted(int max, long nanoTime, boolean takeFresh) {
        Batch batch = groups.take(max, nanoTime);
        while (batch == null) {
            if (isRetryDue(nanoTime)) {
                batch = admit(retries.remove().last, nanoTime);
            } else {
                Batch next = takeUndelayed(max, takeFresh && !groups.areCrowded());
                if (next == null) {
                    return null;
                }
                batch = groups.admit(next, nanoTime);
            }
        }
        return batch;
    }

    private @Nullable Batch admit(Outcome last, long nanoTime) {
        WaitingTask retry = new WaitingTask(last.task(), last.attempt() + 1, false, last);
        return groups.admit(retry, nanoTime) ? new Batch(List.of(retry.task()), retry.attempt(), false) : null;
    }

    private boolean isRetryDue(long nanoTime) {
        return !retries.isEmpty() && retries.element().dueNanos - nanoTime <= 0;
    }

    private @Nullable Batch takeUndelayed(int max, boolean takeFresh) {
        if (!requeued.isEmpty()) {
            return takeRequeued(max);
        }
        return takeFresh && !pages.isEmpty() ? takeFromPage(max) : null;
    }

    private Batch takeRequeued(int max) {
        Batch batch = requeued.remove();
        if (batch.tasks().size() <= max) {
            return batch;
        }
        List<Task> rest = batch.tasks().subList(max, batch.tasks().size());
        requeued.addFirst(new Batch(rest, batch.attempt(), false));
        return new Batch(batch.tasks().subList(0, max), batch.attempt(), false);
    }

    private Batch takeFromPage(int max) {
        List<Task> page = pages.element();
        int end = Math.min(position + max, page.size());
        Batch batch = new Batch(page.subList(position, end), 1, true);
        fresh -= end - position;
        position = end;
        if (position == page.size()) {
            pages.remove();
            position = 0;
        }
        onTaken.accept(batch.tasks());
        return batch;
    }

    /** The number of tasks that were read from the source and never taken. */
    int fresh() {
        return fresh;
    }

    /** Returns whether too many failed tasks wait for another page to be read. */
    boolean isCrowded() {
        return retries.size() >= MAX_RETRIES;
    }

    boolean isEmpty() {
        return fresh == 0 && requeued.isEmpty() && retries.isEmpty() && groups.isEmpty();
    }

    /**
     * The {@link System#nanoTime()} at which the next tasks can be dispatched: now, or when the first retry is due or a
     * group admits its next task. Empty if no task waits, or each waits for an event.
     *
     * @param takeFresh whether fresh tasks may be taken
     */
    OptionalLong nextDue(long nanoTime, boolean takeFresh) {
        if (!requeued.isEmpty() || (takeFresh && fresh > 0 && !groups.areCrowded())) {
            return OptionalLong.of(nanoTime);
        }
        OptionalLong ofGroup = groups.nextDue(nanoTime);
        if (retries.isEmpty()) {
            return ofGroup;
        }
        long retry = retries.element().dueNanos;
        return ofGroup.isPresent() && ofGroup.getAsLong() - retry < 0 ? ofGroup : OptionalLong.of(retry);
    }

    /** Drops all tasks, since the job is being stopped. */
    Dropped drop() {
        List<Outcome> failed =
                new ArrayList<>(retries.stream().map(PendingRetry::last).toList());
        List<Batch> dispatched = new ArrayList<>(requeued);
        List<Task> untouched = new ArrayList<>();
        for (WaitingTask waiting : groups.drop()) {
            if (waiting.last() != null) {
                failed.add(waiting.last());
            } else if (waiting.fresh()) {
                untouched.add(waiting.task());
            } else {
                dispatched.add(new Batch(List.of(waiting.task()), waiting.attempt(), false));
            }
        }
        retries.clear();
        requeued.clear();
        pages.clear();
        fresh = 0;
        position = 0;
        return new Dropped(failed, dispatched, untouched);
    }

    /**
     * The tasks of a stopped job that need a final outcome. Pages that were never begun are not among them.
     *
     * @param failed the last outcomes of tasks that waited for a retry
     * @param requeued tasks that were dispatched and came back without being started
     * @param untouched tasks that waited for their group and were never dispatched
     */
    record Dropped(List<Outcome> failed, List<Batch> requeued, List<Task> untouched) {}
}
