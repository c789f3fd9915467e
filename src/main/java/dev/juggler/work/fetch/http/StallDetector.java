package dev.juggler.work.fetch.http;

import dev.juggler.job.ByteSize;
import dev.juggler.job.Durations;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.TaskError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects a stalled exchange: its server is silent for too long, or the body arrives below the minimum rate. Time in
 * which this side holds the exchange up does not count. Used by one thread at a time.
 */
public final class StallDetector {
    /** Interval between checks, in milliseconds. */
    public static final long TICK_MILLIS = 200;

    private final TransferRates rates;
    private final long windowNanos;
    private long lastCount;
    private long lastNanos;
    private long windowCount;
    private long windowBegan;

    public StallDetector(TransferRates rates, Duration window, long nanoTime) {
        this.rates = rates;
        this.windowNanos = window.toNanos();
        restart(0, nanoTime);
    }

    private void restart(long count, long nanoTime) {
        lastCount = count;
        lastNanos = nanoTime;
        windowCount = count;
        windowBegan = nanoTime;
    }

    /**
     * Checks the exchange.
     *
     * @param count bytes of the body so far
     * @param held whether it waits for this side, not for the server
     * @return the error to end it with, or null
     */
    public @Nullable TaskError check(long count, boolean held, long nanoTime) {
        if (held) {
            restart(count, nanoTime);
            return null;
        }
        if (count != lastCount) {
            lastCount = count;
            lastNanos = nanoTime;
        }
        if (rates.idle().isPresent()
                && nanoTime - lastNanos > rates.idle().get().toNanos()) {
            return TaskError.passing(
                    "idle",
                    "the server was silent for " + Durations.text(rates.idle().get()) + " after " + count + " bytes");
        }
        return rates.minRate() > 0 ? checkRate(count, nanoTime) : null;
    }

    private @Nullable TaskError checkRate(long count, long nanoTime) {
        long nanos = nanoTime - windowBegan;
        if (nanos < windowNanos) {
            return null;
        }
        double rate = (count - windowCount) * 1e9 / nanos;
        windowCount = count;
        windowBegan = nanoTime;
        return rate >= rates.minRate()
                ? null
                : TaskError.passing(
                        "too-slow",
                        "received only " + ByteSize.text((long) rate) + " per second after " + count + " bytes");
    }
}
