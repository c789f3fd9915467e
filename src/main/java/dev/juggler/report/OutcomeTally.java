package dev.juggler.report;

import dev.juggler.job.Outcome;
import dev.juggler.job.Value;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * Accumulates bytes and durations of a run's outcomes. One thread adds outcomes; any thread may read {@link #bytes},
 * but {@link #percentiles} only while no outcome is being added.
 */
public final class OutcomeTally {
    private static final long MAX_NANOS = 7L * 24 * 3600 * 1_000_000_000L;
    private final Histogram runNanos = new Histogram(1, MAX_NANOS, 2);
    private final LongAdder bytes = new LongAdder();

    /** Adds a batch of outcomes. */
    public void add(List<Outcome> outcomes) {
        long read = 0;
        for (Outcome outcome : outcomes) {
            runNanos.recordValue(Math.clamp(outcome.runNanos(), 1, MAX_NANOS));
            if (outcome.result().value() instanceof Value.Fetched fetched) {
                read += fetched.bytes();
            }
        }
        bytes.add(read);
    }

    /** The bytes read by fetches so far. */
    public long bytes() {
        return bytes.sum();
    }

    /** The durations of the attempts so far. */
    public Percentiles percentiles() {
        return Percentiles.of(runNanos);
    }
}
