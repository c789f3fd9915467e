package dev.juggler.work.fetch;

import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.http.BodyReceiver;

/**
 * The consequence of a response head for a fetch; {@link ResponseRules} decides it before the first byte of the body.
 */
sealed interface ResponseVerdict {
    /** The receiver of the body that comes with the head. */
    BodyReceiver body();

    /** The head has not arrived. */
    record Awaited(BodyReceiver body) implements ResponseVerdict {
        Awaited() {
            this(BodyReceiver.rejecting());
        }
    }

    /** The body is the wanted one, or, for 304, the server has nothing newer. */
    record Accept(BodyReceiver body) implements ResponseVerdict {}

    /** The body is fetched faster in parallel ranges, which replace this exchange. */
    record Split(Segments segments, BodyReceiver body) implements ResponseVerdict {
        Split(Segments segments) {
            this(segments, BodyReceiver.rejecting());
        }
    }

    /** Another request has to be sent; the body is read only so that the connection can be reused. */
    record FollowUp(RequestTarget next, BodyReceiver body) implements ResponseVerdict {}

    /** The fetch has failed; the body is only counted. */
    record Reject(TaskError error, BodyReceiver body) implements ResponseVerdict {}
}
