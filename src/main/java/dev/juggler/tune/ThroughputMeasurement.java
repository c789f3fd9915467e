package dev.juggler.tune;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import dev.juggler.report.Percentiles;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One run that is watched for as long as it takes to know its throughput. The first tasks are left out, as many as are
 * in flight: they begin all at once.
 */
final class ThroughputMeasurement implements OutcomeHandler {
    private static final long SHORTEST_NANOS = 500_000_000L;
    private static final long LONG_NANOS = 3_000_000_000L;
    private static final int FEWEST = 20;
    /** Tasks of the same length end in bursts; with so many of them the last one may be cut anywhere. */
    private static final int BURSTS = 6;

    private final int concurrency;
    private final Runnable enough;
    private final long startedNanos = System.nanoTime();
    private final List<Done> seen = new ArrayList<>();
    private boolean over;

    /** The end of one attempt. */
    private record Done(long endMicros, long runNanos, boolean succeeded) {}

    /** A measurement that calls {@code enough} once it has seen enough. */
    ThroughputMeasurement(int concurrency, Runnable enough) {
        this.concurrency = concurrency;
        this.enough = enough;
    }

    @Override
    public synchronized void accept(List<Outcome> outcomes) {
        if (over) {
            return;
        }
        for (Outcome outcome : outcomes) {
            long end = outcome.startedMicros() + outcome.runNanos() / 1_000;
            seen.add(new Done(end, outcome.runNanos(), outcome.succeeded()));
        }
        if (isEnough()) {
            over = true;
            enough.run();
        }
    }

    private boolean isEnough() {
        long nanos = System.nanoTime() - startedNanos;
        boolean many = seen.size() >= Math.max(FEWEST, BURSTS * concurrency) && nanos >= SHORTEST_NANOS;
        return many || (nanos >= LONG_NANOS && seen.size() >= 2 * concurrency);
    }

    boolean tookLong() {
        return System.nanoTime() - startedNanos >= LONG_NANOS;
    }

    /** What it saw; its noise is not known from one alone. */
    synchronized TuningStep step() {
        seen.sort((one, other) -> Long.compare(one.endMicros, other.endMicros));
        int begin = Math.min(concurrency, seen.size()) - 1;
        List<Done> counted = begin < 0 ? List.of() : seen.subList(begin + 1, seen.size());
        if (counted.isEmpty()) {
            return new TuningStep(concurrency, 0, 0, 0, 0, seen.isEmpty() ? 1 : failed(seen));
        }
        double seconds = Math.max(1, counted.getLast().endMicros - seen.get(begin).endMicros) / 1e6;
        long succeeded = counted.stream().filter(Done::succeeded).count();
        Percentiles times = times(counted);
        return new TuningStep(concurrency, succeeded / seconds, 0, times.p50(), times.p95(), failed(counted));
    }

    private static double failed(List<Done> attempts) {
        return (double) attempts.stream().filter(done -> !done.succeeded).count() / attempts.size();
    }

    private static Percentiles times(List<Done> attempts) {
        Histogram nanos = new Histogram(3);
        attempts.forEach(done -> nanos.recordValue(Math.max(1, done.runNanos)));
        return Percentiles.of(nanos);
    }
}
