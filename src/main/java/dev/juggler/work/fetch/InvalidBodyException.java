package dev.juggler.work.fetch;

import dev.juggler.job.TaskError;
import java.io.IOException;

/** A body is not what it should be; found out while it is written, so told as the failures of writing are. */
final class InvalidBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient TaskError error;

    InvalidBodyException(TaskError error) {
        super(error.message());
        this.error = error;
    }

    TaskError error() {
        return error;
    }
}
