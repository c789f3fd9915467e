package dev.juggler.coordinator;

import dev.juggler.job.Rate;
import java.util.Optional;

/** A token bucket that spreads the starts of tasks evenly over time. It holds the tokens of a tenth of a second. */
final class RateLimiter {
    private static final double BURST_SECONDS = 0.1;
    private final double tokensPerNano;
    private final double maxTokens;
    private double tokens = 1;
    private long lastNanos;

    /**
     * Creates a limiter with one token.
     *
     * @param rate empty for no limit
     */
    RateLimiter(Optional<Rate> rate, long nanoTime) {
        this.tokensPerNano = rate.map(Rate::perSecond).orElse(0.0) / 1e9;
        this.maxTokens = Math.max(1, tokensPerNano * 1e9 * BURST_SECONDS);
        this.lastNanos = nanoTime;
    }

    /** The number of tasks that may start now, at most {@code wanted}. */
    int allow(int wanted, long nanoTime) {
        if (tokensPerNano == 0) {
            return wanted;
        }
        tokens = Math.min(maxTokens, tokens + (nanoTime - lastNanos) * tokensPerNano);
        lastNanos = nanoTime;
        return Math.min(wanted, (int) tokens);
    }

    /** Takes the tokens of tasks that have started. */
    void started(int count) {
        if (tokensPerNano > 0) {
            tokens -= count;
        }
    }

    /** The nanoseconds until one more task may start. */
    long waitNanos() {
        return tokensPerNano == 0 || tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / tokensPerNano);
    }

    /** Returns whether it has at least as many tokens as a new limiter. */
    boolean isReplenished() {
        return tokensPerNano == 0 || tokens >= 1;
    }
}
