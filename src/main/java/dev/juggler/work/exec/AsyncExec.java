package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Runs programs with no thread that waits: the JDK tells when one has exited. What blocks for a moment (the start, and
 * reading the output) goes to Vert.x's worker pool, which bounds it; what blocks for seconds (the grace of a program
 * that is being ended) goes to a virtual thread of its own.
 */
final class AsyncExec implements AsyncWork {
    private final Context context;
    private final ProgramLauncher launcher;

    AsyncExec(Vertx vertx, ProgramLauncher launcher) {
        this.context = vertx.getOrCreateContext();
        this.launcher = launcher;
    }

    @Override
    public Future<Result> start(Task task, Cancellation cancellation) {
        return context.executeBlocking(() -> launcher.launch(task), false).compose(launch -> switch (launch) {
            case LaunchResult.NotStarted refused -> Future.succeededFuture(refused.result());
            case RunningProgram child -> await(child, cancellation);
        });
    }

    private Future<Result> await(RunningProgram child, Cancellation cancellation) {
        Promise<Void> over = Promise.promise();
        cancellation.onCancel(() -> end(child, over));
        var _ = child.onExit()
                .thenRun(() -> context.runOnContext(v -> {
                    // One that is being ended is over only when all it started is gone as well.
                    if (!cancellation.isCancelled()) {
                        cancellation.onCancel(() -> {});
                        over.complete();
                    }
                }));
        return over.future().compose(v -> context.executeBlocking(child::collect, false));
    }

    private void end(RunningProgram child, Promise<Void> over) {
        Thread.ofVirtual().name("exec-end").start(() -> {
            try {
                child.end();
            } finally {
                context.runOnContext(v -> over.complete());
            }
        });
    }
}
