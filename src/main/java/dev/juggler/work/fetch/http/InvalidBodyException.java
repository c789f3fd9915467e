package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;
import java.io.IOException;

/** A body is not what it should be; found out while it is written, so told as the failures of writing are. */
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
