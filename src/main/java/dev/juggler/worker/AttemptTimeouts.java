package dev.juggler.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * The time limits of an attempt.
 *
 * @param timeout the longest duration of one attempt; empty for no limit
 * @param grace the time that an attempt has to end once it is cancelled; after that its worker counts as lost
 */
public record AttemptTimeouts(Optional<Duration> timeout, Duration grace) {

    /** Returns true if an attempt of this length has timed out. */
    boolean timedOut(long elapsedNanos) {
        return timeout.isPresent() && elapsedNanos >= timeout.get().toNanos();
    }
}
