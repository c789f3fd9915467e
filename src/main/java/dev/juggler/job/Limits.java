package dev.juggler.job;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a run.
 *
 * @param timeout the longest time for one attempt
 * @param deadline the longest time for the whole run
 * @param halt the number of failures that stops the run
 * @param rate the limit on how many tasks start per second
 * @param perGroup the limits of one group of tasks, which for fetch is an origin
 */
public record Limits(
        Optional<Duration> timeout,
        Optional<Duration> deadline,
        HaltPolicy halt,
        Optional<Rate> rate,
        PerGroup perGroup) {

    /** No limits. */
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), new HaltPolicy.Never(), Optional.empty());

    /** Limits without special ones for groups. */
    public Limits(Optional<Duration> timeout, Optional<Duration> deadline, HaltPolicy halt, Optional<Rate> rate) {
        this(timeout, deadline, halt, rate, PerGroup.NONE);
    }

    /** These limits with others for each group. */
    public Limits with(PerGroup others) {
        return new Limits(timeout, deadline, halt, rate, others);
    }

    /**
     * The limits of one group of tasks.
     *
     * @param inFlight the most tasks that workers have at a time, at least 1
     * @param rate the limit on how many tasks start per second
     * @param longestPause the longest pause of a group, even if its server requests a longer one
     */
    public record PerGroup(Optional<Integer> inFlight, Optional<Rate> rate, Duration longestPause) {
        /** No limits, and pauses of up to five minutes. */
        public static final PerGroup NONE = new PerGroup(Optional.empty(), Optional.empty(), Duration.ofMinutes(5));

        public PerGroup {
            if (inFlight.isPresent() && inFlight.get() < 1) {
                throw new IllegalArgumentException(
                        "the tasks of a group in flight are at least 1, not " + inFlight.get());
            }
        }

        /** Returns whether any limit depends on the group of a task. */
        public boolean isSet() {
            return inFlight.isPresent() || rate.isPresent();
        }
    }
}
