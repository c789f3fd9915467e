package dev.juggler.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed attempt is tried again and how long it waits before.
 *
 * @param retries attempts after the first
 * @param base the longest wait before the first retry; it doubles with each further one
 * @param cap the longest wait before any retry
 */
public record RetryPolicy(int retries, Duration base, Duration cap) {

    public RetryPolicy {
        if (retries < 0 || retries > 1_000) {
            throw new IllegalArgumentException("retries lie from 0 to 1000, not at " + retries);
        }
    }

    /** This many retries, waiting up to half a second at first and up to half a minute at last. */
    public static RetryPolicy of(int retries) {
        return new RetryPolicy(retries, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /**
     * Whether the attempt of this number, counted from 1, is followed by another when it ends so. One whose worker was
     * lost always is: nothing is known of the task.
     */
    public boolean retries(int attempt, Result result) {
        return result.error() != null
                && (result.error().isWorkerLost()
                        || (attempt <= retries && result.error().retryable()));
    }

    /**
     * How long to wait after this attempt, in milliseconds: a random time below a bound that doubles ("full jitter",
     * M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
     */
    public long delayMillis(int attempt, RandomGenerator random) {
        double bound = Math.min(cap.toMillis(), base.toMillis() * Math.pow(2, attempt - 1));
        return random.nextLong((long) bound + 1);
    }
}
