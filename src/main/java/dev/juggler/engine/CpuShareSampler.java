package dev.juggler.engine;

import dev.juggler.job.Job;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** How much of their time the workers of a job, and the programs they have started, compute. Blocks. */
final class CpuShareSampler {
    private static final long EVERY_MILLIS = 10;
    /** The first tasks load classes and open connections, whatever else they do: that is not looked at. */
    private static final int SETTLING_LOOKS = 30;

    private final RunningWorkerCounter workers;
    private final ObservedRun run;
    private final LongSupplier ended;

    /**
     * A probe that has not begun.
     *
     * @param ended tasks that have ended since the run began; asked from another thread
     */
    CpuShareSampler(Job job, ObservedRun run, LongSupplier ended) {
        this.workers = new RunningWorkerCounter(job.id());
        this.run = run;
        this.ended = ended;
    }

    /**
     * Looks until it is known, while there are tasks for two seconds at most.
     *
     * @return from 0 for none of their time to 1 for all of it; empty where it is not told, or the run has ended
     */
    OptionalDouble share() throws InterruptedException {
        if (!RunningWorkerCounter.areTold()) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < SETTLING_LOOKS && ended.getAsLong() == 0; i++) {
            Thread.sleep(EVERY_MILLIS);
        }
        CpuShareEstimate look = new CpuShareEstimate(ended.getAsLong());
        while (!look.isOver()) {
            Thread.sleep(EVERY_MILLIS);
            if (run.hasEnded()) {
                return OptionalDouble.empty();
            }
            int busy = run.busy();
            look.add(busy == 0 ? 0 : workers.now(), busy, ended.getAsLong());
        }
        return look.share();
    }
}
