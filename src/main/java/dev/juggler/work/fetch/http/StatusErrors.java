package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;

/** Maps the status of an unsuccessful response to the error of its task. */
public final class StatusErrors {
    private StatusErrors() {}

    /**
     * Returns the error of a task whose last response had this head. The reason phrase is the standard's, because the
     * server's is untrusted. The Retry-After of an overloaded server becomes the pause of the error.
     */
    public static TaskError error(ResponseHead head, Instant now) {
        int status = head.status();
        TaskError error =
                new TaskError("http-status", HttpResponseStatus.valueOf(status).toString(), isTransient(status));
        return status == 429 || status == 503
                ? RetryAfter.of(head, now).map(error::pausing).orElse(error)
                : error;
    }

    private static boolean isTransient(int status) {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
