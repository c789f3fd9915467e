package dev.juggler.coordinator;

import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayDeque;
import java.util.Deque;

/** The tasks of one group: how many are in flight, when more may start, and which of them wait for that. */
final class TaskGroup {
    private final Deque<WaitingTask> line = new ArrayDeque<>();
    private final int most;
    private final RateLimiter pace;
    private int inFlight;
    private boolean paused;
    private long pauseEnds;
    private boolean queued;

    /**
     * A task that may not start yet.
     *
     * @param last what came of its last try when it waits for another; null when it was never tried, or was handed back
     */
    record WaitingTask(Task task, int attempt, boolean fresh, Outcome last) {
        boolean travelsWith(WaitingTask other) {
            return attempt == other.attempt && fresh == other.fresh;
        }
    }

    TaskGroup(PerGroup limits, long nanoTime) {
        this.most = limits.inFlight().orElse(Integer.MAX_VALUE);
        this.pace = new RateLimiter(limits.rate(), nanoTime);
    }

    /** Whether only the end of one of its tasks lets another start. */
    boolean isFull() {
        return inFlight >= most;
    }

    /** How long until the next may start, in nanoseconds, if it is not full. */
    long waitNanos(long nanoTime) {
        paused = paused && pauseEnds - nanoTime > 0;
        long forPace = pace.allow(1, nanoTime) > 0 ? 0 : pace.waitNanos();
        return paused ? Math.max(pauseEnds - nanoTime, forPace) : forPace;
    }

    boolean mayStart(long nanoTime) {
        return !isFull() && waitNanos(nanoTime) == 0;
    }

    void start() {
        inFlight += most == Integer.MAX_VALUE ? 0 : 1;
        pace.started(1);
    }

    void end() {
        inFlight--;
    }

    /** Lets none start before this time; a pause that is longer already stays. */
    void pause(long untilNanos) {
        if (!paused || untilNanos - pauseEnds > 0) {
            paused = true;
            pauseEnds = untilNanos;
        }
    }

    /** Those that wait, the first at the head. */
    Deque<WaitingTask> line() {
        return line;
    }

    /** Whether a queue of its own kind holds it: there it is looked at again. */
    boolean isQueued() {
        return queued;
    }

    void setQueued(boolean queued) {
        this.queued = queued;
    }

    /** Whether nothing would be lost if it were forgotten. */
    boolean isIdle(long nanoTime) {
        return inFlight == 0 && line.isEmpty() && !queued && waitNanos(nanoTime) == 0 && pace.isRested();
    }
}
