package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;

/** What a status means that is not a good one. */
public final class StatusErrors {
    private StatusErrors() {}

    /**
     * The error of a task whose last answer had this head. The text after the number is the standard's, not the
     * server's: the JDK's client does not give the latter, and it need not be trusted. A server that is overloaded may
     * ask to be left alone; the error carries that.
     */
    public static TaskError error(ResponseHead head, Instant now) {
        int status = head.status();
        TaskError error =
                new TaskError("http-status", HttpResponseStatus.valueOf(status).toString(), isPassing(status));
        return status == 429 || status == 503
                ? RetryAfter.of(head, now).map(error::pausing).orElse(error)
                : error;
    }

    private static boolean isPassing(int status) {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
