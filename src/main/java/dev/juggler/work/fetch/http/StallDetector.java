package dev.juggler.work.fetch.http;

import dev.juggler.job.ByteSize;
import dev.juggler.job.Durations;
import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.TaskError;
import java.time.Duration;

/**
 * True when one exchange still goes on: its server is not silent for too long, and the body comes at least as fast as
 * it must. Time in which it is held up here does not count. Used by one thread at a time.
 */
public final class StallDetector {
    /** How often to look, in milliseconds. */
    public static final long TICK_MILLIS = 200;

    private final TransferRates flow;
    private final long windowNanos;
    private long lastCount;
    private long lastNanos;
    private long windowCount;
    private long windowBegan;

    public StallDetector(TransferRates rates, Duration window, long nanoTime) {
        this.flow = rates;
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
     * Looks whether it does.
     *
     * @param count bytes of the body so far
     * @param held whether it waits for us, not for the server
     * @return why it is to be ended, or null
     */
    public TaskError check(long count, boolean held, long nanoTime) {
        if (held) {
            restart(count, nanoTime);
            return null;
        }
        if (count != lastCount) {
            lastCount = count;
            lastNanos = nanoTime;
        }
        if (flow.idle().isPresent() && nanoTime - lastNanos > flow.idle().get().toNanos()) {
            return TaskError.passing(
                    "idle",
                    "the server was silent for " + Durations.text(flow.idle().get()) + " after " + count + " bytes");
        }
        return flow.minRate() > 0 ? checkRate(count, nanoTime) : null;
    }

    private TaskError checkRate(long count, long nanoTime) {
        long nanos = nanoTime - windowBegan;
        if (nanos < windowNanos) {
            return null;
        }
        double rate = (count - windowCount) * 1e9 / nanos;
        windowCount = count;
        windowBegan = nanoTime;
        return rate >= flow.minRate()
                ? null
                : TaskError.passing(
                        "too-slow", "only " + ByteSize.text((long) rate) + " a second came, after " + count + " bytes");
    }
}
