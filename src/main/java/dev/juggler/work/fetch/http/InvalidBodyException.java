package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;
import java.io.IOException;

/** Thrown when a body turns out to be invalid while it is written; thus reported like a failed write. */
public final class InvalidBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient TaskError error;

    public InvalidBodyException(TaskError error) {
        super(error.message());
        this.error = error;
    }

    public TaskError error() {
        return error;
    }
}
