package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;

/** The server is too slow to wait for it any longer. */
final class StalledException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TaskError error;

    StalledException(TaskError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    TaskError error() {
        return error;
    }
}
