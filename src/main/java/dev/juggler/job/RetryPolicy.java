package dev.juggler.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The number of retries of a task, and the delays before them.
 *
 * @param retries the number of attempts after the first, from 0 to 1000
 * @param base the longest delay before the first retry; it doubles with each further one
 * @param cap the longest delay before any retry
 */
public record RetryPolicy(int retries, Duration base, Duration cap) {

    public RetryPolicy {
        if (retries < 0 || retries > 1_000) {
            throw new IllegalArgumentException("retries range from 0 to 1000, not " + retries);
        }
    }

    /** A policy of this many retries, with delays of up to half a second at first and up to half a minute later. */
    public static RetryPolicy of(int retries) {
        return new RetryPolicy(retries, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /**
     * Returns whether an attempt with this result is retried. One whose worker was lost always is, because its task did
     * not cause the failure.
     *
     * @param attempt the number of the attempt, from 1
     */
    public boolean retries(int attempt, Result result) {
        return result.error() != null
                && (result.error().isWorkerLost()
                        || (attempt <= retries && result.error().retryable()));
    }

    /**
     * The delay after this attempt in milliseconds: a random time up to a limit that doubles ("full jitter", M.
     * Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
     */
    public long delayMillis(int attempt, RandomGenerator random) {
        double bound = Math.min(cap.toMillis(), base.toMillis() * Math.pow(2, attempt - 1));
        return random.nextLong((long) bound + 1);
    }
}
