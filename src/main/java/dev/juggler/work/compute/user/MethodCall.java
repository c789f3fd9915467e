package dev.juggler.work.compute.user;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.JsonResults;
import dev.juggler.work.compute.function.TaskFailureException;
import dev.juggler.work.compute.function.TaskFunction;
import io.vertx.core.Future;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls a user's method for one worker. */
final class MethodCall implements TaskFunction {
    /** Of type (long)Object when there is no parameter conversion, else (Object)Object. */
    private final MethodHandle handle;

    /** Converts inputs; null for a long parameter, whose inputs are passed without boxing. */
    private final @Nullable ParameterBinding parameter;

    private final JsonResults values;

    /** The object that the method is called on; null when it is static. */
    private final @Nullable Object instance;

    MethodCall(
            MethodHandle handle, @Nullable ParameterBinding parameter, JsonResults values, @Nullable Object instance) {
        this.handle = handle;
        this.parameter = parameter;
        this.values = values;
        this.instance = instance;
    }

    @Override
    public @Nullable Object call(Input input) throws Throwable {
        if (parameter == null) {
            return json((Object) handle.invokeExact(InputConversion.toLong(input)));
        }
        Object argument = parameter.argument(input);
        return argument instanceof AutoCloseable closeable
                ? callAndClose(closeable)
                : json((Object) handle.invokeExact(argument));
    }

    /** Closes the argument after the call; when the result is a future, once that completes. */
    private @Nullable Object callAndClose(AutoCloseable argument) throws Throwable {
        Object result = null;
        try {
            result = json((Object) handle.invokeExact((Object) argument));
            return result;
        } finally {
            if (result instanceof CompletableFuture<?> future) {
                var _ = future.whenComplete((_, _) -> close(argument));
            } else {
                argument.close();
            }
        }
    }

    private @Nullable Object json(@Nullable Object returned) throws TaskFailureException {
        return switch (returned) {
            case CompletionStage<?> stage -> futureJson(stage);
            case Future<?> future -> futureJson(future.toCompletionStage());
            case null, default -> values.of(returned);
        };
    }

    private CompletableFuture<@Nullable Object> futureJson(CompletionStage<?> stage) {
        CompletableFuture<@Nullable Object> json = new CompletableFuture<>();
        stage.thenApply(this::jsonOf).whenComplete((value, thrown) -> {
            if (thrown == null) {
                json.complete(value);
            } else {
                json.completeExceptionally(thrown);
            }
        });
        var _ = json.whenComplete((_, _) -> cancelWith(json, stage));
        return json;
    }

    private @Nullable Object jsonOf(@Nullable Object value) {
        try {
            return values.of(value);
        } catch (TaskFailureException e) {
            throw new CompletionException(e);
        }
    }

    private static void cancelWith(CompletableFuture<?> json, CompletionStage<?> stage) {
        if (json.isCancelled() && stage instanceof CompletableFuture<?> future) {
            future.cancel(true);
        }
    }

    @Override
    public void close() {
        if (instance instanceof AutoCloseable closeable) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot close a " + closeable.getClass().getName() + ": " + e, e);
        }
    }
}
