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

/**
 * The tasks that are to be dispatched: those that waited for their group, those to be tried again and whose time has
 * come, those a worker handed back, and the page that was read last from the source. Bounded, since no page is read
 * while it is full.
 */
final class Backlog {
    /** Failed tasks that may wait for another try before reading on stops. */
    static final int MOST_WAITING = 10_000;

    private final TaskGroups groups;
    private final Consumer<List<Task>> onBegun;
    private final PriorityQueue<PendingRetry> retries = new PriorityQueue<>();
    private final Deque<Batch> returned = new ArrayDeque<>();
    private final Deque<List<Task>> pages = new ArrayDeque<>();
    private int position;
    private int paged;

    /** Tasks to dispatch together, all for the same try; fresh when they have never been dispatched. */
    record Batch(List<Task> tasks, int attempt, boolean fresh) {}

    /** A task that failed and is tried again when its time comes. */
    private record PendingRetry(Outcome last, long dueNanos) implements Comparable<PendingRetry> {
        @Override
        public int compareTo(PendingRetry other) {
            // Not by Long.compare: a nanoTime may wrap around.
            return Long.signum(dueNanos - other.dueNanos);
        }
    }

    /**
     * An empty one.
     *
     * @param onBegun hears of tasks that leave their page, in order: they are given out now, or wait for their group
     */
    Backlog(TaskGroups groups, Consumer<List<Task>> onBegun) {
        this.groups = groups;
        this.onBegun = onBegun;
    }

    void add(List<Task> page) {
        pages.add(page);
        paged += page.size();
    }

    void giveBack(List<Task> tasks, int attempt) {
        if (!tasks.isEmpty()) {
            returned.add(new Batch(tasks, attempt, false));
        }
    }

    void retry(Outcome last, long dueNanos) {
        retries.add(new PendingRetry(last, dueNanos));
    }

    /**
     * The next tasks, at most {@code max}; null when none can be dispatched now.
     *
     * @param further whether fresh tasks may go; the others always may, since ordered results wait for them
     */
    Batch take(int max, long nanoTime, boolean further) {
        if (groups.inForce(nanoTime)) {
            return takeAdmitted(max, nanoTime, further);
        }
        if (isRetryDue(nanoTime)) {
            Outcome last = retries.remove().last;
            return new Batch(List.of(last.task()), last.attempt() + 1, false);
        }
        return takeUntried(max, further);
    }

    /** Looks further than the first tasks when their groups may start none now. */
    private Batch takeAdmitted(int max, long nanoTime, boolean further) {
        Batch share = groups.take(max, nanoTime);
        while (share == null) {
            if (isRetryDue(nanoTime)) {
                share = admit(retries.remove().last, nanoTime);
            } else {
                Batch next = takeUntried(max, further && !groups.crowded());
                if (next == null) {
                    return null;
                }
                share = groups.admit(next, nanoTime);
            }
        }
        return share;
    }

    private Batch admit(Outcome last, long nanoTime) {
        WaitingTask again = new WaitingTask(last.task(), last.attempt() + 1, false, last);
        return groups.admit(again, nanoTime) ? new Batch(List.of(again.task()), again.attempt(), false) : null;
    }

    private boolean isRetryDue(long nanoTime) {
        return !retries.isEmpty() && retries.peek().dueNanos - nanoTime <= 0;
    }

    private Batch takeUntried(int max, boolean further) {
        if (!returned.isEmpty()) {
            return takeReturned(max);
        }
        return further && !pages.isEmpty() ? takeFresh(max) : null;
    }

    private Batch takeReturned(int max) {
        Batch share = returned.remove();
        if (share.tasks.size() <= max) {
            return share;
        }
        returned.addFirst(new Batch(share.tasks.subList(max, share.tasks.size()), share.attempt, false));
        return new Batch(share.tasks.subList(0, max), share.attempt, false);
    }

    private Batch takeFresh(int max) {
        List<Task> page = pages.peek();
        int end = Math.min(position + max, page.size());
        Batch share = new Batch(page.subList(position, end), 1, true);
        paged -= end - position;
        position = end;
        if (position == page.size()) {
            pages.remove();
            position = 0;
        }
        onBegun.accept(share.tasks);
        return share;
    }

    /** Tasks read from the source and not dispatched yet. */
    int fresh() {
        return paged;
    }

    /** Whether so many failed tasks wait that no more should be read. */
    boolean crowded() {
        return retries.size() >= MOST_WAITING;
    }

    boolean isEmpty() {
        return paged == 0 && returned.isEmpty() && retries.isEmpty() && groups.isEmpty();
    }

    /**
     * When the next tasks can be dispatched, as a {@link System#nanoTime()}: now, or when the first retry is due, or a
     * group may start its next; empty when there is nothing, or nothing that only takes time.
     *
     * @param further whether fresh tasks may go
     */
    OptionalLong nextDue(long nanoTime, boolean further) {
        if (!returned.isEmpty() || (further && paged > 0 && !groups.crowded())) {
            return OptionalLong.of(nanoTime);
        }
        OptionalLong ofGroup = groups.nextDue(nanoTime);
        if (retries.isEmpty()) {
            return ofGroup;
        }
        long retry = retries.peek().dueNanos;
        return ofGroup.isPresent() && ofGroup.getAsLong() - retry < 0 ? ofGroup : OptionalLong.of(retry);
    }

    /** Drops everything: the run has been stopped. */
    Dropped drop() {
        List<Outcome> tried =
                new ArrayList<>(retries.stream().map(PendingRetry::last).toList());
        List<Batch> begun = new ArrayList<>(returned);
        List<Task> untouched = new ArrayList<>();
        for (WaitingTask waiting : groups.drop()) {
            if (waiting.last() != null) {
                tried.add(waiting.last());
            } else if (waiting.fresh()) {
                untouched.add(waiting.task());
            } else {
                begun.add(new Batch(List.of(waiting.task()), waiting.attempt(), false));
            }
        }
        retries.clear();
        returned.clear();
        pages.clear();
        paged = 0;
        position = 0;
        return new Dropped(tried, begun, untouched);
    }

    /**
     * What a stopped run leaves.
     *
     * @param tried last outcomes of tasks that would have been tried again
     * @param returned tasks that were dispatched and came back untouched
     * @param untouched tasks that waited for their group and were never dispatched
     */
    record Dropped(List<Outcome> tried, List<Batch> returned, List<Task> untouched) {}
}
