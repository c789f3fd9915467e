package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * Keeps a run that finds its concurrency out from having more tasks in flight than this machine's processors can do. It
 * looks often at first, when the concurrency grows quickly, and then now and then, as long as the run lasts. Blocks.
 */
final class ProcessorLimitMonitor implements Callable<Void> {
    private static final long FIRST_MILLIS = 10;
    private static final long LATER_MILLIS = 200;
    private static final double SLOWER = 1.05;

    private final ObservedRun run;
    private final IntConsumer bounds;
    private final int most;
    private final RunningWorkerCounter workers;
    private final ProcessorLimit bound = new ProcessorLimit(Runtime.getRuntime().availableProcessors());

    /**
     * A watch that has not begun.
     *
     * @param bounds told how many there may be in flight, each time it has looked
     */
    ProcessorLimitMonitor(Job job, ObservedRun run, IntConsumer bounds) {
        this.run = run;
        this.bounds = bounds;
        this.most = job.concurrency();
        this.workers = new RunningWorkerCounter(job.id());
    }

    /**
     * Returns whether tasks of this job need this machine's processors, and not a server's, and this system tells of
     * them.
     */
    static boolean isWorthIt(Job job) {
        return job.adaptive()
                && !job.work().kind().waitsForServers()
                && job.model() != ConcurrencyModel.PROCESSES
                && RunningWorkerCounter.areTold();
    }

    @Override
    public Void call() throws InterruptedException {
        double pause = FIRST_MILLIS;
        while (!run.hasEnded()) {
            Thread.sleep((long) pause);
            pause = Math.min(LATER_MILLIS, pause * SLOWER);
            look();
        }
        return null;
    }

    private void look() {
        int busy = run.busy();
        if (busy > 0) {
            bound.add(workers.now() + RunningWorkerCounter.virtual(), busy);
            bounds.accept(bound.atMost(most));
        }
    }
}
