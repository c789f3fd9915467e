package dev.juggler.work.exec;

import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The two styles of work, so that each scenario runs in both. */
enum ExecStyle {
    BLOCKING {
        @Override
        Running start(ExecWork work, Task task) {
            CompletableFuture<Result> result = new CompletableFuture<>();
            Thread thread = Thread.ofVirtual().unstarted(() -> {
                try {
                    result.complete(work.blocking().run(task));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            thread.start();
            return new Running(result, thread::interrupt);
        }
    },
    ASYNC {
        @Override
        Running start(ExecWork work, Task task) {
            CompletableFuture<Result> result = new CompletableFuture<>();
            Context context = VERTX.getOrCreateContext();
            Cancellation cancellation = new Cancellation();
            context.runOnContext(v -> {
                AsyncWork async = work.async(VERTX);
                async.start(task, cancellation).onComplete(done -> {
                    if (done.failed()) {
                        result.completeExceptionally(done.cause());
                    } else if (Vertx.currentContext() != context) {
                        result.completeExceptionally(new AssertionError("completed off the event loop"));
                    } else {
                        result.complete(done.result());
                    }
                });
            });
            return new Running(result, () -> context.runOnContext(v -> cancellation.cancel()));
        }
    };

    /** Shared by all tests of this JVM, until it exits. */
    private static final Vertx VERTX = Vertx.vertx();

    /** A task in flight. */
    record Running(CompletableFuture<Result> result, Runnable cancel) {
        Result await() throws Exception {
            return result.get(30, TimeUnit.SECONDS);
        }
    }

    abstract Running start(ExecWork work, Task task);

    /** Runs the command for one input until it ends. */
    Result run(ExecSpec spec, String input) throws Exception {
        try (ExecWork work = ExecWork.prepare(spec)) {
            return start(work, task(0, input)).await();
        }
    }

    static Task task(long index, String input) {
        return new Task(index, new Input.Text(input));
    }

    static ExecSpec argv(String... command) {
        return new ExecSpec(List.of(command), false, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }

    static ExecSpec shell(String... command) {
        return new ExecSpec(List.of(command), true, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }
}
