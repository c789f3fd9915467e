package dev.juggler.work.compute;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.compute.function.TaskFailureException;
import dev.juggler.work.compute.user.ForbiddenExit.ExitAttemptError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Turns what a function threw into the result of its task. */
final class FunctionErrors {
    /** A message may hold the whole input; a row need not. */
    private static final int LONGEST_MESSAGE = 2_000;

    private FunctionErrors() {}

    /**
     * The failed result for what was thrown. A stack overflow, a lack of memory and a class that does not load are the
     * function's own; other errors of the virtual machine are thrown on.
     */
    static Result result(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof TaskFailureException failure) {
            return new Result.Failed(failure.error());
        }
        if (cause instanceof ExitAttemptError attempt) {
            return new Result.Failed(TaskError.permanent("exit", attempt.getMessage()));
        }
        if (cause instanceof VirtualMachineError error && !isOfOneTask(error)) {
            throw error;
        }
        return new Result.Failed(shortened(TaskError.of(cause)));
    }

    private static boolean isOfOneTask(VirtualMachineError error) {
        return error instanceof StackOverflowError || error instanceof OutOfMemoryError;
    }

    /** What lies below the wrappers of futures and static initializers, which have no message of their own. */
    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof CompletionException
                || thrown instanceof ExecutionException
                || thrown instanceof ExceptionInInitializerError;
    }

    private static TaskError shortened(TaskError error) {
        return error.message().length() <= LONGEST_MESSAGE
                ? error
                : TaskError.permanent(error.type(), error.message().substring(0, LONGEST_MESSAGE) + "…");
    }
}
