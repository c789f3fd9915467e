package dev.juggler.tune;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import dev.juggler.report.Percentiles;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Measures the throughput of one run until it is known well enough. Skips as many of the first tasks as are in flight,
 * because they all begin at once.
 */
final class ThroughputMeasurement implements OutcomeHandler {
    private static final long MIN_NANOS = 500_000_000L;
    private static final long LONG_NANOS = 3_000_000_000L;
    private static final int MIN_TASKS = 20;

    /** Tasks of equal length end in bursts; with this many, it does not matter where the last one is cut. */
    private static final int MIN_BURSTS = 6;

    private final int concurrency;
    private final Runnable onSufficient;
    private final long startedNanos = System.nanoTime();
    private final List<AttemptEnd> ends = new ArrayList<>();
    private boolean complete;

    private record AttemptEnd(long endMicros, long runNanos, boolean succeeded) {}

    /**
     * Starts a measurement.
     *
     * @param onSufficient called once, on the thread that delivers outcomes, when the measurement suffices
     */
    ThroughputMeasurement(int concurrency, Runnable onSufficient) {
        this.concurrency = concurrency;
        this.onSufficient = onSufficient;
    }

    @Override
    public synchronized void accept(List<Outcome> outcomes) {
        if (complete) {
            return;
        }
        for (Outcome outcome : outcomes) {
            long end = outcome.startedMicros() + outcome.runNanos() / 1_000;
            ends.add(new AttemptEnd(end, outcome.runNanos(), outcome.succeeded()));
        }
        if (isSufficient()) {
            complete = true;
            onSufficient.run();
        }
    }

    private boolean isSufficient() {
        long nanos = System.nanoTime() - startedNanos;
        boolean enoughTasks = ends.size() >= Math.max(MIN_TASKS, MIN_BURSTS * concurrency) && nanos >= MIN_NANOS;
        return enoughTasks || (nanos >= LONG_NANOS && ends.size() >= 2 * concurrency);
    }

    /** Returns true if three seconds or more have passed since the start. */
    boolean tookLong() {
        return System.nanoTime() - startedNanos >= LONG_NANOS;
    }

    /** The result; its noise is 0, because a single run tells nothing about it. */
    synchronized TuningStep step() {
        ends.sort((one, other) -> Long.compare(one.endMicros, other.endMicros));
        int lastSkipped = Math.min(concurrency, ends.size()) - 1;
        List<AttemptEnd> counted = lastSkipped < 0 ? List.of() : ends.subList(lastSkipped + 1, ends.size());
        if (counted.isEmpty()) {
            return new TuningStep(concurrency, 0, 0, 0, 0, ends.isEmpty() ? 1 : failureShare(ends));
        }
        double seconds = Math.max(1, counted.getLast().endMicros - ends.get(lastSkipped).endMicros) / 1e6;
        long succeeded = counted.stream().filter(AttemptEnd::succeeded).count();
        Percentiles durations = durations(counted);
        return new TuningStep(
                concurrency, succeeded / seconds, 0, durations.p50(), durations.p95(), failureShare(counted));
    }

    private static double failureShare(List<AttemptEnd> attempts) {
        return (double) attempts.stream().filter(attempt -> !attempt.succeeded).count() / attempts.size();
    }

    private static Percentiles durations(List<AttemptEnd> attempts) {
        Histogram nanos = new Histogram(3);
        attempts.forEach(attempt -> nanos.recordValue(Math.max(1, attempt.runNanos)));
        return Percentiles.of(nanos);
    }
}
