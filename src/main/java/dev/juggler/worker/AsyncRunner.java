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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does the tasks of many batches at a time on one event loop; the tasks of one batch one after another.
 *
 * <p>An attempt that waits without blocking is ended by a timer. One that computes on the event loop blocks that timer
 * and everything else; the watchdog sees it from outside and gives the worker up, with all its batches: the computing
 * task has timed out, the others go back and are done elsewhere.
 */
final class AsyncRunner implements TaskRunner, Watchdog.Watched {
    private final String worker;
    private final AsyncWork work;
    private final Patience patience;
    private final Vertx vertx;
    private final Context context;

    // Guarded by this.
    private final Set<BatchRun> batches = new LinkedHashSet<>();
    private BatchRun starting;
    private boolean lost;

    // Confined to the event loop, but for cancelReason, which begins on any thread.
    private final LinkedHashSet<Attempt> waiting = new LinkedHashSet<>();
    private final long timeoutNanos;
    private long alarm = -1;
    private volatile String cancelReason;

    AsyncRunner(String worker, AsyncWork work, Patience patience, Vertx vertx) {
        this.worker = worker;
        this.work = work;
        this.patience = patience;
        this.vertx = vertx;
        this.timeoutNanos = patience.timeout().map(Duration::toNanos).orElse(0L);
        this.context = vertx.getOrCreateContext();
        if (patience.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    /** An attempt that had not ended when its start returned. */
    private final class Attempt {
        private final Cancellation cancellation;
        private final long dueNanos;
        private boolean timedOut;

        Attempt(Cancellation cancellation, long dueNanos) {
            this.cancellation = cancellation;
            this.dueNanos = dueNanos;
        }

        void timeOut() {
            timedOut = true;
            cancellation.cancel();
        }

        Result ended(Result result) {
            if (result instanceof Result.Succeeded || !cancellation.isCancelled()) {
                return result;
            }
            return timedOut
                    ? Result.TimedOut.after(patience.timeout().orElseThrow(), result.value())
                    : Result.Cancelled.because(cancelReason, result.value());
        }
    }

    @Override
    public void run(TaskBatch batch, Consumer<BatchOutcome> done) {
        BatchRun run = new BatchRun(batch, worker, done);
        synchronized (this) {
            batches.add(run);
        }
        goOn(run);
    }

    /** Does the tasks of a batch up to the first that has to wait; a loop, since most computing tasks do not. */
    private void goOn(BatchRun run) {
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
            return work.start(task, cancellation);
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return Future.failedFuture(e);
        }
    }

    private void await(BatchRun run, Future<Result> future, Cancellation cancellation) {
        Attempt attempt = new Attempt(cancellation, System.nanoTime() + timeoutNanos);
        waiting.add(attempt);
        setAlarm();
        synchronized (this) {
            starting = null;
        }
        future.onComplete(ended -> {
            waiting.remove(attempt);
            if (end(run, attempt.ended(result(ended)))) {
                goOn(run);
            }
        });
        if (cancelReason != null) {
            cancellation.cancel();
        }
    }

    /**
     * One timer for all: attempts have the same timeout, so the one that waits longest is due first. A timer for each
     * would be set and cancelled with every quick task.
     */
    private void setAlarm() {
        if (alarm < 0 && timeoutNanos > 0 && !waiting.isEmpty()) {
            long wait = waiting.getFirst().dueNanos - System.nanoTime();
            alarm = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1), timer -> {
                alarm = -1;
                timeOutThoseDue();
                setAlarm();
            });
        }
    }

    private void timeOutThoseDue() {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.getFirst().dueNanos - now <= 0) {
            waiting.removeFirst().timeOut();
        }
    }

    private static Result result(AsyncResult<Result> ended) {
        return ended.succeeded() ? ended.result() : new Result.Failed(TaskError.of(ended.cause()));
    }

    private synchronized Task begin(BatchRun run) {
        Task task = cancelReason != null || lost ? null : run.begin();
        starting = task == null ? null : run;
        return task;
    }

    private synchronized boolean end(BatchRun run, Result result) {
        if (!lost) {
            starting = null;
            run.end(result);
        }
        return !lost;
    }

    private synchronized void leave(BatchRun run) {
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
        batches.forEach(BatchRun::handBack);
    }

    @Override
    public void cancel(String reason) {
        if (cancelReason == null) {
            cancelReason = reason;
            Watchdog.shared().watch(this);
            context.runOnContext(ignored -> List.copyOf(waiting).forEach(one -> one.cancellation.cancel()));
        }
    }

    @Override
    public void close() {
        Watchdog.shared().forget(this);
        vertx.cancelTimer(alarm);
        work.close();
    }
}
