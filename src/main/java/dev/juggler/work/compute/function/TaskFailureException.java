package dev.juggler.work.compute.function;

import dev.juggler.job.TaskError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Ends a call with an error of a known type. It has no stack trace, because it carries data rather than a defect. */
public final class TaskFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TaskError error;

    private TaskFailureException(String type, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.error = TaskError.permanent(type, message);
    }

    /** Returns the failure of an input that the function does not accept. */
    public static TaskFailureException badInput(String message) {
        return new TaskFailureException("bad-input", message, null);
    }

    /** Returns the failure of a return value that cannot be converted to JSON. */
    static TaskFailureException badValue(String message, Throwable cause) {
        return new TaskFailureException("bad-value", message, cause);
    }

    /** Returns the failure of a file that the function cannot process. */
    public static TaskFailureException io(String message) {
        return new TaskFailureException("io", message, null);
    }

    /** Returns the failure of a file that cannot be read or written. */
    public static TaskFailureException io(Object path, IOException cause) {
        return new TaskFailureException("io", path + ": " + reason(cause), cause);
    }

    public TaskError error() {
        return error;
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "exists already";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
