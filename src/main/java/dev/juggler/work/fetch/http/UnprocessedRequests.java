package dev.juggler.work.fetch.http;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/**
 * Recognizes requests that an HTTP/2 server has not processed, so that any of them may be sent again: RFC 9113, 8.7.
 */
final class UnprocessedRequests {
    private UnprocessedRequests() {}

    /**
     * Returns whether the failure says that the server has not processed the request: its stream was refused, is above
     * the last one of a GOAWAY frame, or was never opened because such a frame had come.
     *
     * @param stream the id of its stream
     */
    static boolean isUnprocessed(long stream, Throwable failure) {
        return switch (failure) {
            case StreamResetException reset -> reset.getCode() == Http2Error.REFUSED_STREAM.code();
            case HttpClosedException closed -> {
                GoAway goAway = closed.goAway();
                yield goAway != null && stream > goAway.getLastStreamId();
            }
            case Http2Exception refused -> refused.error() == Http2Error.REFUSED_STREAM;
            default -> false;
        };
    }
}
