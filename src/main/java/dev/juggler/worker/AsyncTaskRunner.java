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

/**
 * Does the tasks of many batches at a time on one event loop; the tasks of one batch one after another.
 *
 * <p>An attempt that waits without blocking is ended by a timer, one for all. One that computes on the event loop blocks
 * that timer and everything else; the watchdog sees it from outside and gives the worker up, with all its batches: the computing
 * task has timed out, the others go back and are done elsewhere.
 */
final class AsyncTaskRunner implements TaskRunner, Watchdog.WatchedWorker {
    /** No timer: Vert.x counts them from 0. */
    private static final long NONE = -1;

    private final String worker;
    private final AsyncWork work;
    private final AttemptTimeouts patience;
    private final Vertx vertx;
    private final Context context;

    // Guarded by this.
    private final Set<RunningBatch> batches = new LinkedHashSet<>();
    private RunningBatch starting;
    private boolean lost;

    // Confined to the event loop, but for what ends the work, which begins on any thread.
    private final Set<RunningAttempt> waiting = new LinkedHashSet<>();
    private long alarm = NONE;
    private volatile String cancelReason;
    private volatile boolean draining;
    private volatile boolean closed;

    AsyncTaskRunner(String worker, AsyncWork work, AttemptTimeouts patience, Vertx vertx) {
        this.worker = worker;
        this.work = work;
        this.patience = patience;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        if (patience.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    /** An attempt that has not ended when its start returned. Confined to the event loop. */
    private final class RunningAttempt {
        private final RunningBatch run;
        private final Cancellation cancellation;
        private final long startedNanos = System.nanoTime();
        private long graceTimer = NONE;
        private boolean timedOut;
        private boolean over;

        RunningAttempt(RunningBatch run, Cancellation cancellation) {
            this.run = run;
            this.cancellation = cancellation;
        }

        void begin() {
            waiting.add(this);
            if (alarm == NONE && patience.timeout().isPresent()) {
                ringAfter(patience.timeout().get());
            }
        }

        /** What is left of its time, in nanoseconds; below zero when that is up. */
        long left(long nanoTime) {
            return patience.timeout().orElseThrow().toNanos() - (nanoTime - startedNanos);
        }

        void timeOut() {
            timedOut |= !isCut();
            cut();
        }

        /** Ends the attempt; when its work does not heed that within the grace, goes on without it. */
        void cut() {
            if (!isCut()) {
                graceTimer = after(patience.grace(), () -> settle(Result.Cancelled.because("stuck", null)));
                cancellation.cancel();
            }
        }

        boolean isCut() {
            return cancellation.isCancelled();
        }

        /** Takes the result; what comes later is dropped. */
        void settle(Result result) {
            if (!over) {
                over = true;
                if (graceTimer != NONE) {
                    vertx.cancelTimer(graceTimer);
                }
                waiting.remove(this);
                if (end(run, judged(result))) {
                    goOn(run);
                }
            }
        }

        private Result judged(Result result) {
            if (result instanceof Result.Succeeded || !cancellation.isCancelled()) {
                return result;
            }
            return timedOut
                    ? Result.TimedOut.after(patience.timeout().orElseThrow(), result.value())
                    : Result.Cancelled.because(String.valueOf(cancelReason), result.value());
        }
    }

    /**
     * One timer for all attempts: they have the same time, so they are due in the order they began. It is not set for
     * each, since nearly all end long before.
     */
    private void ringAfter(Duration time) {
        alarm = after(time, () -> {
            alarm = NONE;
            cutOverdue(System.nanoTime());
        });
    }

    private void cutOverdue(long nanoTime) {
        for (RunningAttempt attempt : List.copyOf(waiting)) {
            long left = attempt.left(nanoTime);
            if (left > 0) {
                ringAfter(Duration.ofNanos(left));
                return;
            }
            attempt.timeOut();
        }
    }

    private long after(Duration time, Runnable action) {
        // Rounded up: a timer that comes early would find nothing due.
        long millis = time.plusNanos(999_999).toMillis();
        return vertx.setTimer(Math.max(1, millis), id -> action.run());
    }

    @Override
    public void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        RunningBatch run = new RunningBatch(batch, worker, done);
        synchronized (this) {
            if (lost) {
                run.handBack();
                return;
            }
            batches.add(run);
        }
        goOn(run);
    }

    /** Does the tasks of a batch up to the first that has to wait; a loop, since most computing tasks do not. */
    private void goOn(RunningBatch run) {
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
        leave(run);
    }

    private Future<Result> start(Task task, Cancellation cancellation) {
        try {
            return Objects.requireNonNull(work.start(task, cancellation), "the work gave no future");
        } catch (Throwable e) {
            // Whatever it is: a batch without a reply would hold up the run for ever.
            return Future.failedFuture(e);
        }
    }

    private void await(RunningBatch run, Future<Result> future, Cancellation cancellation) {
        RunningAttempt attempt = new RunningAttempt(run, cancellation);
        attempt.begin();
        synchronized (this) {
            starting = null;
        }
        future.onComplete(ended -> attempt.settle(result(ended)));
        if (cancelReason != null) {
            attempt.cut();
        }
    }

    private static Result result(AsyncResult<Result> ended) {
        if (ended.failed()) {
            return new Result.Failed(TaskError.of(ended.cause()));
        }
        return ended.result() != null
                ? ended.result()
                : new Result.Failed(TaskError.permanent("exception", "the work gave no result"));
    }

    private synchronized Task begin(RunningBatch run) {
        Task task = cancelReason != null || draining || lost ? null : run.begin();
        starting = task == null ? null : run;
        return task;
    }

    private synchronized boolean end(RunningBatch run, Result result) {
        if (!lost) {
            starting = null;
            run.end(result);
        }
        return !lost;
    }

    private synchronized void leave(RunningBatch run) {
        if (!lost) {
            batches.remove(run);
            run.finish(false);
        }
    }

    @Override
    public synchronized void check(long nanoTime) {
        if (lost || starting == null) {
            return;
        }
        long elapsed = starting.elapsed(nanoTime) - patience.grace().toNanos();
        if (patience.timedOut(elapsed) || (cancelReason != null && elapsed > 0)) {
            giveUp();
        }
    }

    private void giveUp() {
        lost = true;
        Watchdog.shared().forget(this);
        starting.end(
                cancelReason != null
                        ? Result.Cancelled.because(cancelReason, null)
                        : Result.TimedOut.after(patience.timeout().orElseThrow(), null));
        starting.finish(true);
        batches.remove(starting);
        batches.forEach(RunningBatch::handBack);
        // Should the loop come back: what waits there is done elsewhere by now.
        cutAll();
    }

    private void cutAll() {
        context.runOnContext(ignored -> List.copyOf(waiting).forEach(RunningAttempt::cut));
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
            cutAll();
        }
    }

    @Override
    public void close() {
        closed = true;
        Watchdog.shared().forget(this);
        work.close();
    }
}
