package dev.juggler.engine;

import dev.juggler.job.Job;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Measures the share of their time in which the workers of a job, and the programs they started, compute. Blocks. */
final class CpuShareSampler {
    private static final long INTERVAL_MILLIS = 10;
    /**
     * The maximum number of intervals before sampling begins. The first tasks load classes and open connections, which
     * is not sampled.
     */
    private static final int MAX_WARM_UP_INTERVALS = 30;

    private final RunningWorkerCounter workers;
    private final ObservedRun run;
    private final LongSupplier ended;

    /**
     * Makes a sampler that has not begun.
     *
     * @param ended returns the number of tasks that have ended since the run began; called from another thread
     */
    CpuShareSampler(Job job, ObservedRun run, LongSupplier ended) {
        this.workers = new RunningWorkerCounter(job.id());
        this.run = run;
        this.ended = ended;
    }

    /**
     * Samples until the share is known, for at most two seconds with tasks.
     *
     * @return a share from 0 to 1; empty when the system does not report it or the run has ended
     */
    OptionalDouble share() throws InterruptedException {
        if (!RunningWorkerCounter.isSupported()) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < MAX_WARM_UP_INTERVALS && ended.getAsLong() == 0; i++) {
            Thread.sleep(INTERVAL_MILLIS);
        }
        CpuShareEstimate estimate = new CpuShareEstimate(ended.getAsLong());
        while (!estimate.isComplete()) {
            Thread.sleep(INTERVAL_MILLIS);
            if (run.hasEnded()) {
                return OptionalDouble.empty();
            }
            int busy = run.busy();
            estimate.add(busy == 0 ? 0 : workers.now(), busy, ended.getAsLong());
        }
        return estimate.share();
    }
}
