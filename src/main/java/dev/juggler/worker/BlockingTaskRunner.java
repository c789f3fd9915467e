package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.BlockingWork;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Does tasks one after another on the thread it is called on, which may block.
 *
 * <p>A task whose time is up is interrupted from the watchdog's thread. When it does not end within the grace that
 * follows, the watchdog gives the worker up: it reports the task as timed out, hands back the rest of the batch, and
 * whatever the stuck thread brings later is dropped. A thread of a JVM cannot be killed, so it stays behind.
 */
final class BlockingTaskRunner implements TaskRunner, Watchdog.WatchedWorker {
    private final String worker;
    private final BlockingWork work;
    private final AttemptTimeouts patience;
    private final boolean carrier;

    // Guarded by this.
    private RunningBatch current;
    private Thread thread;
    private String cancelReason;
    private boolean draining;
    private boolean closed;
    private boolean interrupted;
    private long interruptedNanos;
    private boolean lost;

    /**
     * A runner that does nothing yet.
     *
     * @param carrier whether it is to bring a carrier for the virtual thread that it may keep for good
     */
    BlockingTaskRunner(String worker, BlockingWork work, AttemptTimeouts patience, boolean carrier) {
        this.worker = worker;
        this.work = work;
        this.patience = patience;
        this.carrier = carrier;
        if (carrier) {
            CarrierThreads.add();
        }
        if (patience.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    @Override
    public void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        RunningBatch run = new RunningBatch(batch, worker, done);
        if (!enter(run)) {
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
        leave(run);
    }

    private Result attempt(Task task) {
        try {
            return Objects.requireNonNull(work.run(task), "the work gave no result");
        } catch (InterruptedException e) {
            return Result.Cancelled.because("interrupted", null);
        } catch (Throwable e) {
            // Whatever it is: a batch without a reply would hold up the run for ever.
            return new Result.Failed(TaskError.of(e));
        }
    }

    /** Begins a batch; false when this worker was given up, and came back after all, in which case all goes back. */
    private synchronized boolean enter(RunningBatch run) {
        if (lost) {
            run.handBack();
            return false;
        }
        current = run;
        thread = Thread.currentThread();
        return true;
    }

    private synchronized Task begin(RunningBatch run) {
        return cancelReason != null || draining ? null : run.begin();
    }

    /** Records the result; false when the watchdog has given this worker up meanwhile. */
    private synchronized boolean end(RunningBatch run, Result result) {
        if (lost) {
            return false;
        }
        run.end(interrupted ? interruptedResult(result) : result);
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
        return true;
    }

    /** What an interrupted attempt comes to. One that succeeded in the very moment has succeeded. */
    private Result interruptedResult(Result result) {
        if (result instanceof Result.Succeeded) {
            return result;
        }
        return cancelReason != null
                ? Result.Cancelled.because(cancelReason, result.value())
                : Result.TimedOut.after(patience.timeout().orElseThrow(), result.value());
    }

    private synchronized void leave(RunningBatch run) {
        current = null;
        thread = null;
        run.finish(false);
    }

    @Override
    public synchronized void check(long nanoTime) {
        if (lost || current == null || !current.inTask()) {
            return;
        }
        if (!interrupted && patience.timedOut(current.elapsed(nanoTime))) {
            interrupt(nanoTime);
        } else if (interrupted && nanoTime - interruptedNanos > patience.grace().toNanos()) {
            giveUp();
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
        thread.interrupt();
    }

    private void giveUp() {
        lost = true;
        Watchdog.shared().forget(this);
        current.end(interruptedResult(Result.Cancelled.because("stuck", null)));
        current.finish(true);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            Watchdog.shared().forget(this);
        }
        if (carrier) {
            CarrierThreads.remove();
        }
        work.close();
    }
}
