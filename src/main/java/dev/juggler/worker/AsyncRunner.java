package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<Attempt> waiting = new LinkedHashSet<>();
    private volatile String cancelReason;

    AsyncRunner(String worker, AsyncWork work, Patience patience, Vertx vertx) {
        this.worker = worker;
        this.work = work;
        this.patience = patience;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        if (patience.timeout().isPresent()) {
            Watchdog.shared().watch(this);
        }
    }

    /** An attempt that has not ended when its start returned. */
    private final class Attempt {
        private final Cancellation cancellation;
        private long timer = -1;
        private boolean timedOut;

        Attempt(Cancellation cancellation) {
            this.cancellation = cancellation;
            patience.timeout()
                    .ifPresent(limit -> timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> {
                        timedOut = true;
                        cancellation.cancel();
                    }));
        }

        Result ended(Result result) {
            if (timer >= 0) {
                vertx.cancelTimer(timer);
            }
            if (result instanceof Result.Succeeded) {
                return result;
            }
            if (cancellation.isCancelled() && !timedOut) {
                return Result.Cancelled.because(cancelReason, result.value());
            }
            return timedOut ? Result.TimedOut.after(patience.timeout().orElseThrow(), result.value()) : result;
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
        Attempt attempt = new Attempt(cancellation);
        waiting.add(attempt);
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

    private static Result result(io.vertx.core.AsyncResult<Result> ended) {
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
        work.close();
    }
}
