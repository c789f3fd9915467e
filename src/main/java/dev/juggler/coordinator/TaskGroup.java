package dev.juggler.coordinator;

import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The tasks of one group that are in flight or wait for the group's limits. */
final class TaskGroup {
    private final Deque<WaitingTask> waiting = new ArrayDeque<>();
    private final int maxInFlight;
    private final RateLimiter rateLimiter;
    private int inFlight;
    private boolean paused;
    private long pauseEnd;
    private boolean scheduled;

    /**
     * A task that may not start yet.
     *
     * @param attempt the number of its next attempt
     * @param last its last outcome if it waits for a retry; null if it was never dispatched, or was returned
     */
    record WaitingTask(
            Task task, int attempt, boolean fresh, @Nullable Outcome last) {
        boolean fitsWith(WaitingTask other) {
            return attempt == other.attempt && fresh == other.fresh;
        }
    }

    TaskGroup(PerGroup limits, long nanoTime) {
        this.maxInFlight = limits.inFlight().orElse(Integer.MAX_VALUE);
        this.rateLimiter = new RateLimiter(limits.rate(), nanoTime);
    }

    /** Returns whether one of its tasks must end before another may start. */
    boolean isFull() {
        return inFlight >= maxInFlight;
    }

    /** The nanoseconds until the next task may start, unless the group is full. */
    long waitNanos(long nanoTime) {
        paused = paused && pauseEnd - nanoTime > 0;
        long rateWait = rateLimiter.allow(1, nanoTime) > 0 ? 0 : rateLimiter.waitNanos();
        return paused ? Math.max(pauseEnd - nanoTime, rateWait) : rateWait;
    }

    boolean mayStart(long nanoTime) {
        return !isFull() && waitNanos(nanoTime) == 0;
    }

    void start() {
        inFlight += maxInFlight == Integer.MAX_VALUE ? 0 : 1;
        rateLimiter.started(1);
    }

    void end() {
        inFlight--;
    }

    /** Delays all starts until this time; does not shorten a longer pause. */
    void pause(long untilNanos) {
        if (!paused || untilNanos - pauseEnd > 0) {
            paused = true;
            pauseEnd = untilNanos;
        }
    }

    /** The waiting tasks, in the order in which they start. */
    Deque<WaitingTask> waiting() {
        return waiting;
    }

    /** Returns whether one of the queues of {@link TaskGroups} holds this group. */
    boolean isScheduled() {
        return scheduled;
    }

    void setScheduled(boolean scheduled) {
        this.scheduled = scheduled;
    }

    /** Returns whether forgetting the group loses no state. */
    boolean isIdle(long nanoTime) {
        return inFlight == 0
                && waiting.isEmpty()
                && !scheduled
                && waitNanos(nanoTime) == 0
                && rateLimiter.isReplenished();
    }
}
