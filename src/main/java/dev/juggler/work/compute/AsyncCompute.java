package dev.juggler.work.compute;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.Value;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.compute.function.TaskFunction;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls the function on the event loop, and leaves the loop free while a result is pending. */
final class AsyncCompute implements AsyncWork {
    private final TaskFunction function;
    private final Vertx vertx;
    private final Context context;

    AsyncCompute(TaskFunction function, Vertx vertx) {
        this.function = function;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public Future<Result> start(Task task, Cancellation cancellation) {
        try {
            return switch (function.call(task.input())) {
                case TaskFunction.DelayedResult delayed -> after(delayed, cancellation);
                case CompletableFuture<?> future -> when(future, cancellation);
                case null -> Future.succeededFuture(succeeded(null));
                case Object value -> Future.succeededFuture(succeeded(value));
            };
        } catch (Throwable thrown) {
            return Future.succeededFuture(FunctionErrors.result(thrown));
        }
    }

    private Future<Result> after(TaskFunction.DelayedResult delayed, Cancellation cancellation) {
        Promise<Result> promise = Promise.promise();
        // A timer's delay is a whole number of milliseconds, at least one.
        long millis = Math.max(1, delayed.delay().plusNanos(999_999).toMillis());
        long timer = vertx.setTimer(millis, _ -> promise.tryComplete(succeeded(delayed.value())));
        cancellation.onCancel(() -> {
            vertx.cancelTimer(timer);
            promise.tryComplete(Result.Cancelled.because("cancelled while asleep", null));
        });
        return promise.future();
    }

    /** Returns a future on the worker's loop for one that may complete on any thread. */
    private Future<Result> when(CompletableFuture<?> future, Cancellation cancellation) {
        cancellation.onCancel(() -> future.cancel(true));
        return Future.fromCompletionStage(future, context)
                .map(AsyncCompute::succeeded)
                .otherwise(FunctionErrors::result);
    }

    private static Result succeeded(@Nullable Object json) {
        return new Result.Succeeded(new Value.Computed(json));
    }

    @Override
    public void close() {
        function.close();
    }
}
