package dev.juggler.work.compute;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.compute.function.TaskFailureException;
import dev.juggler.work.compute.user.ForbiddenExit.ExitAttemptError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Converts exceptions of functions to results of their tasks. */
final class FunctionErrors {
    /** Bounds the message in a row, which may contain the whole input. */
    private static final int MAX_MESSAGE_LENGTH = 2_000;

    private FunctionErrors() {}

    /**
     * Returns the failed result for a thrown exception or error. A stack overflow, a lack of memory and a class that
     * does not load count as the function's own errors; other errors of the virtual machine are rethrown.
     */
    static Result result(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof TaskFailureException failure) {
            return new Result.Failed(failure.error());
        }
        if (cause instanceof ExitAttemptError attempt) {
            return new Result.Failed(TaskError.permanent("exit", String.valueOf(attempt.getMessage())));
        }
        if (cause instanceof VirtualMachineError error && !isFunctionsOwn(error)) {
            throw error;
        }
        return new Result.Failed(shortened(TaskError.of(cause)));
    }

    private static boolean isFunctionsOwn(VirtualMachineError error) {
        return error instanceof StackOverflowError || error instanceof OutOfMemoryError;
    }

    /** Returns the cause below the wrappers of futures and static initializers, which have no message of their own. */
    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause != null && isWrapper(thrown) ? unwrap(cause) : thrown;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof CompletionException
                || thrown instanceof ExecutionException
                || thrown instanceof ExceptionInInitializerError;
    }

    private static TaskError shortened(TaskError error) {
        return error.message().length() <= MAX_MESSAGE_LENGTH
                ? error
                : TaskError.permanent(error.type(), error.message().substring(0, MAX_MESSAGE_LENGTH) + "…");
    }
}
