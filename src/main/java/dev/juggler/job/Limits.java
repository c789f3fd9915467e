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
 */
public record Limits(Optional<Duration> timeout, Optional<Duration> deadline, HaltPolicy halt, Optional<Rate> rate) {

    /** No bounds at all. */
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), new HaltPolicy.Never(), Optional.empty());
}
