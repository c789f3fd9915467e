package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * Limits the tasks in flight of a run with adaptive concurrency to those that keep this machine's processors busy. It
 * samples often at first, while the concurrency grows quickly, and then less often until the run ends. Blocks.
 */
final class ProcessorLimitMonitor implements Callable<Void> {
    private static final long FIRST_MILLIS = 10;
    private static final long LATER_MILLIS = 200;
    private static final double PAUSE_FACTOR = 1.05;

    private final ObservedRun run;
    private final IntConsumer onLimit;
    private final int max;
    private final RunningWorkerCounter workers;
    private final ProcessorLimit limit = new ProcessorLimit(Runtime.getRuntime().availableProcessors());

    /**
     * Makes a monitor that has not begun.
     *
     * @param onLimit receives the limit of tasks in flight after each sample
     */
    ProcessorLimitMonitor(Job job, ObservedRun run, IntConsumer onLimit) {
        this.run = run;
        this.onLimit = onLimit;
        this.max = job.concurrency();
        this.workers = new RunningWorkerCounter(job.id());
    }

    /**
     * Returns whether the job's concurrency is adaptive, its tasks run on this machine's processors and not a server's,
     * and this system reports running threads.
     */
    static boolean isNeeded(Job job) {
        return job.adaptive()
                && !job.work().kind().waitsForServers()
                && job.model() != ConcurrencyModel.PROCESSES
                && RunningWorkerCounter.isSupported();
    }

    @Override
    public Void call() throws InterruptedException {
        double pause = FIRST_MILLIS;
        while (!run.hasEnded()) {
            Thread.sleep((long) pause);
            pause = Math.min(LATER_MILLIS, pause * PAUSE_FACTOR);
            sample();
        }
        return null;
    }

    private void sample() {
        int busy = run.busy();
        if (busy > 0) {
            limit.add(workers.now() + RunningWorkerCounter.virtual(), busy);
            onLimit.accept(limit.atMost(max));
        }
    }
}
