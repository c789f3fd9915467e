package dev.juggler.work.compute;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.Value;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.compute.function.TaskFunction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Calls the function on the worker's own thread, and waits there for a pending result. */
final class BlockingCompute implements BlockingWork {
    private final TaskFunction function;

    BlockingCompute(TaskFunction function) {
        this.function = function;
    }

    @Override
    public Result run(Task task) throws InterruptedException {
        try {
            return new Result.Succeeded(new Value.Computed(completed(function.call(task.input()))));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable thrown) {
            return FunctionErrors.result(thrown);
        }
    }

    private static @Nullable Object completed(@Nullable Object result) throws InterruptedException, ExecutionException {
        return switch (result) {
            case TaskFunction.DelayedResult delayed -> {
                Thread.sleep(delayed.delay());
                yield delayed.value();
            }
            case CompletableFuture<?> future -> join(future);
            case null, default -> result;
        };
    }

    private static Object join(CompletableFuture<?> future) throws InterruptedException, ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    @Override
    public void close() {
        function.close();
    }
}
