package dev.juggler.coordinator;

import dev.juggler.job.Rate;
import java.util.Optional;

/** Spreads the starts of tasks evenly over time: a token bucket that holds a tenth of a second's tokens. */
final class RateLimiter {
    private static final double BURST_SECONDS = 0.1;
    private final double perNano;
    private final double most;
    private double tokens = 1;
    private long lastNanos;

    RateLimiter(Optional<Rate> rate, long nanoTime) {
        this.perNano = rate.map(Rate::perSecond).orElse(0.0) / 1e9;
        this.most = Math.max(1, perNano * 1e9 * BURST_SECONDS);
        this.lastNanos = nanoTime;
    }

    /** How many tasks may start now, at most {@code wanted}. */
    int allow(int wanted, long nanoTime) {
        if (perNano == 0) {
            return wanted;
        }
        tokens = Math.min(most, tokens + (nanoTime - lastNanos) * perNano);
        lastNanos = nanoTime;
        return Math.min(wanted, (int) tokens);
    }

    /** Counts tasks that have started. */
    void started(int count) {
        if (perNano > 0) {
            tokens -= count;
        }
    }

    /** How long until one more may start, in nanoseconds. */
    long waitNanos() {
        return perNano == 0 || tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    /** Whether it has as many tokens as one that was never used, or more. */
    boolean isRested() {
        return perNano == 0 || tokens >= 1;
    }
}
