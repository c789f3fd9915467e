package dev.juggler.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a worker is waited for.
 *
 * @param timeout how long one attempt may take, if it is bounded
 * @param grace how long an attempt may take to end after it was told to; then its worker is given up
 */
public record AttemptTimeouts(Optional<Duration> timeout, Duration grace) {

    /** Whether an attempt of this length has had its time. */
    boolean timedOut(long elapsedNanos) {
        return timeout.isPresent() && elapsedNanos >= timeout.get().toNanos();
    }
}
