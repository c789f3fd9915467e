package dev.juggler.work.fetch;

import dev.juggler.job.TaskError;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What a status means that is not a good one. */
final class Statuses {
    private Statuses() {}

    /**
     * The error of a task whose last answer had this status. The text after the number is the standard's, not the
     * server's: the JDK's client does not give the latter, and it need not be trusted.
     */
    static TaskError error(int status) {
        return new TaskError("http-status", HttpResponseStatus.valueOf(status).toString(), isPassing(status));
    }

    private static boolean isPassing(int status) {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
