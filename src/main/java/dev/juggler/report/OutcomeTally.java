package dev.juggler.report;

import dev.juggler.job.Outcome;
import dev.juggler.job.Value;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Adds up outcomes while a run is under way. Written by one thread; the counters may be read by others. */
public final class OutcomeTally {
    private static final long LONGEST_NANOS = 7L * 24 * 3600 * 1_000_000_000L;
    private final Histogram runNanos = new Histogram(1, LONGEST_NANOS, 2);
    private final LongAdder bytes = new LongAdder();

    /** Adds outcomes. */
    public void add(List<Outcome> outcomes) {
        long read = 0;
        for (Outcome outcome : outcomes) {
            runNanos.recordValue(Math.clamp(outcome.runNanos(), 1, LONGEST_NANOS));
            if (outcome.result().value() instanceof Value.Fetched fetched) {
                read += fetched.bytes();
            }
        }
        bytes.add(read);
    }

    /** Bytes read by fetches so far. */
    public long bytes() {
        return bytes.sum();
    }

    /** How long attempts took so far. */
    public Percentiles percentiles() {
        return Percentiles.of(runNanos);
    }
}
