package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs many batches concurrently on one event loop, and the tasks of each batch one after another.
 *
 * <p>One timer for all attempts ends those that wait without blocking. An attempt that computes on the event loop
 * blocks that timer and everything else. The watchdog detects it from its own thread and declares the worker lost, with
 * all its batches: the computing task times out, the other tasks are returned and run elsewhere.
 */
final class AsyncTaskRunner implements TaskRunner, Watchdog.WatchedWorker {
    /** No timer; the ids of Vert.x timers start at 0. */
    private static final long NO_TIMER = -1;

    private final String worker;
    private final AsyncWork work;
    private final AttemptTimeouts timeouts;
    private final Vertx vertx;
    private final Context context;

    // Guarded by this.
    private final Set<RunningBatch> batches = new LinkedHashSet<>();
    /** The batch whose task is running on the event loop now, null when none is. */
    private @Nullable RunningBatch onLoop;

    private boolean lost;

    // Confined to the event loop, except the volatile fields, which any thread may set.
    private final Set<RunningAttempt> waiting = new LinkedHashSet<>();
    private long timeoutTimer = NO_TIMER;
    private volatile @Nullable String cancelReason;
    private volatile boolean draining;
    private volatile boolean closed;

    AsyncTaskRunner(String worker, AsyncWork work, AttemptTimeouts timeouts, Vertx vertx) {
        this.worker = worker;
        this.work = work;
        this.timeouts = timeouts;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        if (timeouts.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    /** An attempt that is incomplete after its start has returned. Confined to the event loop. */
    private final class RunningAttempt {
        private final RunningBatch run;
        private final Cancellation cancellation;
        private final long startedNanos = System.nanoTime();
        private long graceTimer = NO_TIMER;
        private boolean isTimedOut;
        private boolean isSettled;

        RunningAttempt(RunningBatch run, Cancellation cancellation) {
            this.run = run;
            this.cancellation = cancellation;
        }

        void register() {
            waiting.add(this);
            if (timeoutTimer == NO_TIMER && timeouts.timeout().isPresent()) {
                scheduleTimeouts(timeouts.timeout().get());
            }
        }

        /** Returns the time to the timeout in nanoseconds; negative when that is past. */
        long remainingNanos(long nanoTime) {
            return timeouts.timeout().orElseThrow().toNanos() - (nanoTime - startedNanos);
        }

        void timeOut() {
            isTimedOut |= !isCancelled();
            cancel();
        }

        /** Cancels the attempt. If its work does not end within the grace period, the batch continues without it. */
        void cancel() {
            if (!isCancelled()) {
                graceTimer = after(timeouts.grace(), () -> settle(Result.Cancelled.because("stuck", null)));
                cancellation.cancel();
            }
        }

        boolean isCancelled() {
            return cancellation.isCancelled();
        }

        /** Records the first result; later ones are dropped. */
        void settle(Result result) {
            if (!isSettled) {
                isSettled = true;
                if (graceTimer != NO_TIMER) {
                    vertx.cancelTimer(graceTimer);
                }
                waiting.remove(this);
                if (end(run, resultAfterCancellation(result))) {
                    runTasks(run);
                }
            }
        }

        private Result resultAfterCancellation(Result result) {
            if (result instanceof Result.Succeeded || !cancellation.isCancelled()) {
                return result;
            }
            return isTimedOut
                    ? Result.TimedOut.after(timeouts.timeout().orElseThrow(), result.value())
                    : Result.Cancelled.because(String.valueOf(cancelReason), result.value());
        }
    }

    /**
     * Sets the timer that all attempts share. They have the same timeout, so they are due in the order they started. A
     * timer for each would be wasted, since nearly all attempts end long before.
     */
    private void scheduleTimeouts(Duration time) {
        timeoutTimer = after(time, () -> {
            timeoutTimer = NO_TIMER;
            cancelOverdue(System.nanoTime());
        });
    }

    private void cancelOverdue(long nanoTime) {
        for (RunningAttempt attempt : List.copyOf(waiting)) {
            long remainingNanos = attempt.remainingNanos(nanoTime);
            if (remainingNanos > 0) {
                scheduleTimeouts(Duration.ofNanos(remainingNanos));
                return;
            }
            attempt.timeOut();
        }
    }

    private long after(Duration time, Runnable action) {
        // Rounded up, since a timer that fires early would find nothing due.
        long millis = time.plusNanos(999_999).toMillis();
        return vertx.setTimer(Math.max(1, millis), id -> action.run());
    }

    @Override
    public void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        RunningBatch run = new RunningBatch(batch, worker, done);
        synchronized (this) {
            if (lost) {
                run.returnUnfinished();
                return;
            }
            batches.add(run);
        }
        runTasks(run);
    }

    /**
     * Runs the tasks of a batch up to the first that does not complete at once. A loop rather than recursion, since
     * most computing tasks complete at once.
     */
    private void runTasks(RunningBatch run) {
        Task task = begin(run);
        while (task != null) {
            Cancellation cancellation = new Cancellation();
            Future<Result> future = start(task, cancellation);
            if (!future.isComplete()) {
                await(run, future, cancellation);
                return;
            }
            if (!end(run, result(future))) {
                return;
            }
            task = begin(run);
        }
        finish(run);
    }

    private Future<Result> start(Task task, Cancellation cancellation) {
        try {
            return Objects.requireNonNull(work.start(task, cancellation), "the work returned no future");
        } catch (Throwable e) {
            // Catches everything, since a batch without a reply would block the run forever.
            return Future.failedFuture(e);
        }
    }

    private void await(RunningBatch run, Future<Result> future, Cancellation cancellation) {
        RunningAttempt attempt = new RunningAttempt(run, cancellation);
        attempt.register();
        synchronized (this) {
            onLoop = null;
        }
        future.onComplete(ended -> attempt.settle(result(ended)));
        if (cancelReason != null) {
            attempt.cancel();
        }
    }

    private static Result result(AsyncResult<Result> ended) {
        if (ended.failed()) {
            return new Result.Failed(TaskError.of(ended.cause()));
        }
        return ended.result() != null
                ? ended.result()
                : new Result.Failed(TaskError.permanent("exception", "the work returned no result"));
    }

    private synchronized @Nullable Task begin(RunningBatch run) {
        Task task = cancelReason != null || draining || lost ? null : run.begin();
        onLoop = task == null ? null : run;
        return task;
    }

    private synchronized boolean end(RunningBatch run, Result result) {
        if (!lost) {
            onLoop = null;
            run.end(result);
        }
        return !lost;
    }

    private synchronized void finish(RunningBatch run) {
        if (!lost) {
            batches.remove(run);
            run.finish(false);
        }
    }

    @Override
    public synchronized void check(long nanoTime) {
        RunningBatch blocking = onLoop;
        if (lost || blocking == null) {
            return;
        }
        long elapsed = blocking.elapsed(nanoTime) - timeouts.grace().toNanos();
        if (timeouts.timedOut(elapsed) || (cancelReason != null && elapsed > 0)) {
            declareLost(blocking);
        }
    }

    private void declareLost(RunningBatch blocking) {
        lost = true;
        Watchdog.shared().unwatch(this);
        String reason = cancelReason;
        blocking.end(
                reason != null
                        ? Result.Cancelled.because(reason, null)
                        : Result.TimedOut.after(timeouts.timeout().orElseThrow(), null));
        blocking.finish(true);
        batches.remove(blocking);
        batches.forEach(RunningBatch::returnUnfinished);
        // In case the loop recovers: the tasks that wait there run elsewhere by now.
        cancelAll();
    }

    private void cancelAll() {
        context.runOnContext(ignored -> List.copyOf(waiting).forEach(RunningAttempt::cancel));
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void cancel(String reason) {
        if (cancelReason == null && !closed) {
            cancelReason = reason;
            Watchdog.shared().watch(this);
            cancelAll();
        }
    }

    @Override
    public void close() {
        closed = true;
        Watchdog.shared().unwatch(this);
        work.close();
    }
}
