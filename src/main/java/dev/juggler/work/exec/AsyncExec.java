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
 * Runs programs without a thread that waits for each: their starter reports when one has exited. What blocks for a
 * moment (the start, and reading the output) goes to Vert.x's worker pool, which bounds it. What blocks for seconds
 * (the grace of a program that is being ended) gets a virtual thread.
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
            case LaunchResult.NotStarted rejected -> Future.succeededFuture(rejected.result());
            case RunningProgram program -> await(program, cancellation);
        });
    }

    private Future<Result> await(RunningProgram program, Cancellation cancellation) {
        Promise<Void> over = Promise.promise();
        cancellation.onCancel(() -> end(program, over));
        // On a failure too: an exit that cannot be seen is for collect() to report.
        var _ = program.onExit()
                .whenComplete((status, unseen) -> context.runOnContext(v -> {
                    // One that is being ended is over only when all it started is gone as well.
                    if (!cancellation.isCancelled()) {
                        cancellation.onCancel(() -> {});
                        over.tryComplete();
                    }
                }));
        return over.future().compose(v -> context.executeBlocking(program::collect, false));
    }

    private void end(RunningProgram program, Promise<Void> over) {
        try {
            Thread.ofVirtual().name("exec-end").start(() -> {
                try {
                    program.end();
                } finally {
                    context.runOnContext(v -> over.tryComplete());
                }
            });
        } catch (RuntimeException | Error noThread) {
            // The launcher ends the program when the run does.
            over.tryFail(noThread);
        }
    }
}
