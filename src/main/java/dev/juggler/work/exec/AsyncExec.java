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
 * Runs programs without a waiting thread for each: their starter reports exits. Operations that block for a moment (the
 * start, and reading the output) run on Vert.x's worker pool, which bounds them. Those that block for seconds (the
 * grace of a program that is being ended) run on a virtual thread.
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
        Promise<Void> ended = Promise.promise();
        cancellation.onCancel(() -> end(program, ended));
        // On a failure too: collect() reports an exit that cannot be observed.
        var _ = program.onExit()
                .whenComplete((status, failure) -> context.runOnContext(v -> {
                    // A program that is being ended has ended only when all its descendants have.
                    if (!cancellation.isCancelled()) {
                        cancellation.onCancel(() -> {});
                        ended.tryComplete();
                    }
                }));
        return ended.future().compose(v -> context.executeBlocking(program::collect, false));
    }

    private void end(RunningProgram program, Promise<Void> ended) {
        try {
            Thread.ofVirtual().name("exec-end").start(() -> {
                try {
                    program.end();
                } finally {
                    context.runOnContext(v -> ended.tryComplete());
                }
            });
        } catch (RuntimeException | Error noThread) {
            // The launcher ends the program when the run ends.
            ended.tryFail(noThread);
        }
    }
}
