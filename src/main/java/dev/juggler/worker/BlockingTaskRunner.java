package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.BlockingWork;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another on the calling thread, which may block.
 *
 * <p>The watchdog's thread interrupts a task that times out. If the task does not end within the grace period, the
 * watchdog declares the worker lost: it reports the task as timed out and returns the rest of the batch. Later results
 * of the stuck thread are dropped. A Java thread cannot be killed, so it stays behind.
 */
final class BlockingTaskRunner implements TaskRunner, Watchdog.WatchedWorker {
    private final String worker;
    private final BlockingWork work;
    private final AttemptTimeouts timeouts;
    private final boolean ownsCarrier;

    // Guarded by this.
    private @Nullable RunningBatch current;
    private @Nullable Thread thread;
    private @Nullable String cancelReason;
    private boolean draining;
    private boolean closed;
    private boolean interrupted;
    private long interruptedNanos;
    private boolean lost;

    /**
     * Creates a runner.
     *
     * @param ownsCarrier true to add a carrier thread, for a virtual thread that may keep its carrier forever
     */
    BlockingTaskRunner(String worker, BlockingWork work, AttemptTimeouts timeouts, boolean ownsCarrier) {
        this.worker = worker;
        this.work = work;
        this.timeouts = timeouts;
        this.ownsCarrier = ownsCarrier;
        if (ownsCarrier) {
            CarrierThreads.add();
        }
        if (timeouts.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    @Override
    public void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        RunningBatch run = new RunningBatch(batch, worker, done);
        if (!start(run)) {
            return;
        }
        Task task = begin(run);
        while (task != null) {
            Result result = attempt(task);
            if (!end(run, result)) {
                return;
            }
            task = begin(run);
        }
        finish(run);
    }

    private Result attempt(Task task) {
        try {
            return Objects.requireNonNull(work.run(task), "the work returned no result");
        } catch (Throwable e) {
            // Catches everything, since a batch without a reply would block the run forever. An InterruptedException
            // that
            // this runner has caused becomes a cancellation or a timeout in end(); any other is the task's own failure.
            return new Result.Failed(TaskError.of(e));
        }
    }

    /**
     * Starts a batch. Returns false, and returns all tasks, if this worker was declared lost and has recovered since.
     */
    private synchronized boolean start(RunningBatch run) {
        if (lost) {
            run.returnUnfinished();
            return false;
        }
        current = run;
        thread = Thread.currentThread();
        return true;
    }

    private synchronized @Nullable Task begin(RunningBatch run) {
        return cancelReason != null || draining ? null : run.begin();
    }

    /** Records the result. Returns false if the watchdog has declared this worker lost meanwhile. */
    private synchronized boolean end(RunningBatch run, Result result) {
        if (lost) {
            return false;
        }
        run.end(interrupted ? interruptedResult(result) : result);
        interrupted = false;
        // Cleared even if the task has set it, since the next task would be interrupted.
        Thread.interrupted();
        return true;
    }

    /**
     * Returns the result of an interrupted attempt. An attempt that succeeds despite the interrupt counts as succeeded.
     */
    private Result interruptedResult(Result result) {
        if (result instanceof Result.Succeeded) {
            return result;
        }
        return cancelReason != null
                ? Result.Cancelled.because(cancelReason, result.value())
                : Result.TimedOut.after(timeouts.timeout().orElseThrow(), result.value());
    }

    private synchronized void finish(RunningBatch run) {
        current = null;
        thread = null;
        run.finish(false);
    }

    @Override
    public synchronized void check(long nanoTime) {
        RunningBatch run = current;
        if (lost || run == null || !run.inTask()) {
            return;
        }
        if (!interrupted && timeouts.timedOut(run.elapsed(nanoTime))) {
            interrupt(nanoTime);
        } else if (interrupted && nanoTime - interruptedNanos > timeouts.grace().toNanos()) {
            declareLost(run);
        }
    }

    @Override
    public synchronized void drain() {
        draining = true;
    }

    @Override
    public synchronized void cancel(String reason) {
        if (cancelReason == null && !closed && !lost) {
            cancelReason = reason;
            Watchdog.shared().watch(this);
            if (current != null && current.inTask()) {
                interrupt(System.nanoTime());
            }
        }
    }

    private void interrupt(long nanoTime) {
        interrupted = true;
        interruptedNanos = nanoTime;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void declareLost(RunningBatch run) {
        lost = true;
        Watchdog.shared().unwatch(this);
        run.end(interruptedResult(Result.Cancelled.because("stuck", null)));
        run.finish(true);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            Watchdog.shared().unwatch(this);
        }
        if (ownsCarrier) {
            CarrierThreads.remove();
        }
        work.close();
    }
}
