package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.fetch.url.InvalidUrlException;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches on a thread that may block. The connections belong to an event loop; the thread waits for the loop's file
 * work, does it itself, and returns with the result.
 */
final class BlockingFetch implements BlockingWork {
    private final FetchPlan plan;
    private final FetchLoop loop;
    private final boolean ownsLoop;

    /** @param ownsLoop whether session and connections belong to this worker and are not shared by the job */
    BlockingFetch(FetchPlan plan, FetchLoop loop, boolean ownsLoop) {
        this.plan = plan;
        this.loop = loop;
        this.ownsLoop = ownsLoop;
    }

    /**
     * Runs a fetch. An interrupt cancels it; the result then has the values known so far, and the thread stays
     * interrupted.
     */
    @Override
    public Result run(Task task) {
        try {
            return new WaitingThread().await(task);
        } catch (InvalidUrlException e) {
            return FetchInput.invalid(task, e);
        }
    }

    /** The caller's thread during one fetch. The queue is its only tie to the loop. */
    private final class WaitingThread {
        private final BlockingQueue<Runnable> actions = new LinkedBlockingQueue<>();

        /** The fetch, once it is over. */
        private @Nullable Future<Result> ended;

        Result await(Task task) throws InvalidUrlException {
            FetchCall call = FetchCall.of(task, plan, loop, new FileTasks(loop.context(), actions::add));
            loop.context().runOnContext(ignored -> start(call));
            boolean interrupted = false;
            Future<Result> over = null;
            while (over == null) {
                try {
                    actions.take().run();
                    over = ended;
                } catch (InterruptedException e) {
                    interrupted = true;
                    loop.context().runOnContext(ignored -> call.cancel());
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (over.failed()) {
                throw new IllegalStateException("a fetch failed with an internal error", over.cause());
            }
            return interrupted ? cancelled(over.result()) : over.result();
        }

        /** Turns a failure into a cancellation: the interrupt itself makes a concurrent write fail. */
        private static Result cancelled(Result result) {
            return result instanceof Result.Failed failed
                    ? Result.Cancelled.because(FetchCall.CANCELLED, failed.value())
                    : result;
        }

        /** Runs on the loop. */
        private void start(FetchCall call) {
            try {
                Future<Result> result = call.start();
                result.onComplete(done -> actions.add(() -> ended = result));
            } catch (RuntimeException | Error e) {
                // Otherwise the thread would wait for ever.
                actions.add(() -> ended = Future.failedFuture(e));
            }
        }
    }

    @Override
    public void close() {
        if (ownsLoop) {
            try {
                loop.context().runOnContext(ignored -> loop.close());
            } catch (RejectedExecutionException ended) {
                // The loops of the job have ended, and all connections with them.
                return;
            }
        }
    }
}
