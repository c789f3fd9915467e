package dev.juggler.job;

import java.time.Duration;
import java.util.Optional;

/**
 * What bounds a run.
 *
 * @param timeout how long one attempt may take
 * @param deadline how long the whole run may take
 * @param halt how many failures stop the run
 * @param rate how many tasks may start in a time
 * @param perGroup what bounds the tasks of one group, which for fetch is an origin
 */
public record Limits(
        Optional<Duration> timeout,
        Optional<Duration> deadline,
        HaltPolicy halt,
        Optional<Rate> rate,
        PerGroup perGroup) {

    /** No bounds at all. */
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), new HaltPolicy.Never(), Optional.empty());

    /** Limits that make no difference between groups. */
    public Limits(Optional<Duration> timeout, Optional<Duration> deadline, HaltPolicy halt, Optional<Rate> rate) {
        this(timeout, deadline, halt, rate, PerGroup.NONE);
    }

    /** These limits with others for the single group. */
    public Limits with(PerGroup others) {
        return new Limits(timeout, deadline, halt, rate, others);
    }

    /**
     * What bounds the tasks of one group.
     *
     * @param inFlight how many are given to workers at a time
     * @param rate how many may start in a time
     * @param longestPause how long a group is left alone at most, whatever its server asks for
     */
    public record PerGroup(Optional<Integer> inFlight, Optional<Rate> rate, Duration longestPause) {
        /** No limits, and pauses of up to five minutes. */
        public static final PerGroup NONE = new PerGroup(Optional.empty(), Optional.empty(), Duration.ofMinutes(5));

        /**
         * @throws IllegalArgumentException when the number in flight is below 1
         */
        public PerGroup {
            if (inFlight.isPresent() && inFlight.get() < 1) {
                throw new IllegalArgumentException(
                        "at least 1 task of a group is in flight at a time, not " + inFlight.get());
            }
        }

        /** Whether each task has to be asked for its group. */
        public boolean isSet() {
            return inFlight.isPresent() || rate.isPresent();
        }
    }
}
