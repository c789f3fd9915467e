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

/** A user's method as one worker calls it. */
final class MethodCall implements TaskFunction {
    /** Of type (long)Object when there is no parameter conversion, else (Object)Object. */
    private final MethodHandle handle;

    /** Null for a long parameter, whose inputs need no boxing on their way. */
    private final ParameterBinding parameter;

    private final JsonResults values;

    /** What the method is called on; null when it is static. */
    private final Object instance;

    MethodCall(MethodHandle handle, ParameterBinding parameter, JsonResults values, Object instance) {
        this.handle = handle;
        this.parameter = parameter;
        this.values = values;
        this.instance = instance;
    }

    @Override
    public Object call(Input input) throws Throwable {
        if (parameter == null) {
            return json((Object) handle.invokeExact(InputConversion.whole(input)));
        }
        Object argument = parameter.argument(input);
        return argument instanceof AutoCloseable closeable
                ? callAndClose(closeable)
                : json((Object) handle.invokeExact(argument));
    }

    /** What an answer that is not there yet reads from stays open until it is there. */
    private Object callAndClose(AutoCloseable argument) throws Throwable {
        Object answer = null;
        try {
            answer = json((Object) handle.invokeExact((Object) argument));
            return answer;
        } finally {
            if (answer instanceof CompletableFuture<?> future) {
                var _ = future.whenComplete((_, _) -> close(argument));
            } else {
                argument.close();
            }
        }
    }

    private Object json(Object returned) throws TaskFailureException {
        return switch (returned) {
            case CompletionStage<?> stage -> later(stage);
            case Future<?> future -> later(future.toCompletionStage());
            case null, default -> values.of(returned);
        };
    }

    private CompletableFuture<Object> later(CompletionStage<?> stage) {
        CompletableFuture<Object> later = new CompletableFuture<>();
        stage.thenApply(this::jsonOf).whenComplete((value, thrown) -> {
            if (thrown == null) {
                later.complete(value);
            } else {
                later.completeExceptionally(thrown);
            }
        });
        var _ = later.whenComplete((_, _) -> cancelWith(later, stage));
        return later;
    }

    private Object jsonOf(Object value) {
        try {
            return values.of(value);
        } catch (TaskFailureException e) {
            throw new CompletionException(e);
        }
    }

    private static void cancelWith(CompletableFuture<?> later, CompletionStage<?> stage) {
        if (later.isCancelled() && stage instanceof CompletableFuture<?> future) {
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
            throw new IllegalStateException(closeable.getClass().getName() + " cannot be closed: " + e, e);
        }
    }
}
