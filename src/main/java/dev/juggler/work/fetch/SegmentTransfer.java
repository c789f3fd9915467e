package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.Segments.Segment;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ExchangeErrors;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;

/**
 * The exchange for one range of a body. It takes bytes only from a response that says it is this very range of the same
 * version. Confined to the event loop, but for {@link #write}.
 */
final class SegmentTransfer implements BodyTransfer.TransferHandler {
    /** The end of a segment. */
    sealed interface SegmentEnd {
        /** All of its bytes are in the file. */
        record Whole() implements SegmentEnd {}

        /** The server gave no response, or something else than the range. */
        record Refused() implements SegmentEnd {}

        record Failed(TaskError error) implements SegmentEnd {}

        /** It was broken off from this side. */
        record Stopped() implements SegmentEnd {}
    }

    private final Segments segments;
    private final Segment segment;
    private final BodyDelivery delivery;
    private final FileTasks files;
    private final BodyTransfer transfer;
    private final Promise<SegmentEnd> promise = Promise.promise();
    private boolean refused;
    private BodyReceiver body;

    SegmentTransfer(
            Segments segments,
            Segment segment,
            BodyDelivery delivery,
            FetchLoop loop,
            FileTasks files,
            BandwidthLimiter bandwidth) {
        this.segments = segments;
        this.segment = segment;
        this.delivery = delivery;
        this.files = files;
        this.transfer = new BodyTransfer(this, loop, files, bandwidth);
    }

    /** Headers that ask for a range, and for the whole body when that is of another version by now. */
    static List<Header> conditions(ContentRange range, EntityVersion version) {
        return List.of(
                new Header("range", "bytes=" + range.first() + "-" + range.last()),
                new Header("if-range", version.ifRange()),
                new Header("accept-encoding", "identity"));
    }

    /** Sends the request for the range; the future completes on the loop and never fails. */
    Future<SegmentEnd> begin(OutgoingRequest request) {
        transfer.begin(request);
        return promise.future();
    }

    boolean isPaused() {
        return transfer.isPaused();
    }

    /** Breaks it off; a last write that has begun is let finish. */
    void stop() {
        if (!transfer.isEnded()) {
            transfer.stop().onComplete(stopped -> end(new SegmentEnd.Stopped()));
        }
    }

    @Override
    public BodyReceiver accept(ResponseHead head) {
        ContentRange range = segment.range();
        refused = !isWanted(head);
        body = refused
                ? BodyReceiver.rejecting()
                : BodyReceiver.buffering(range.length(), range.length()).countingInto(segments.received());
        return body;
    }

    private boolean isWanted(ResponseHead head) {
        ContentRange range = segment.range();
        return head.status() == 206
                && head.framingError() == null
                && range.equals(ContentRange.of(head))
                && (head.length() < 0 || head.length() == range.length())
                && segments.version().matches(head);
    }

    @Override
    public void write(BodyChunk chunk) throws IOException {
        delivery.write(segment.position(), chunk);
        segment.advance(chunk.length());
    }

    @Override
    public void ended(TransferEnd end) {
        switch (end) {
            case TransferEnd.NoResponse none -> end(new SegmentEnd.Refused());
            case TransferEnd.NotWritten(Throwable cause) -> fail(ExchangeErrors.ofFile(cause));
            case TransferEnd.Interrupted(Throwable cause) -> fail(ExchangeErrors.inBody(cause, body));
            case TransferEnd.Received received -> received();
        }
    }

    private void received() {
        if (refused) {
            end(new SegmentEnd.Refused());
        } else if (body.isTooLong()) {
            fail(TaskError.passing(
                    "content-range",
                    "a segment is longer than " + segment.range().length() + " bytes"));
        } else if (body.isShort()) {
            fail(TaskError.passing(
                    "truncated",
                    "a segment ended after " + body.count() + " of "
                            + segment.range().length() + " bytes, from byte "
                            + segment.range().first()));
        } else {
            BodyChunk last = body.takeChunk();
            files.run(() -> writeLast(last))
                    .onComplete((done, cause) -> promise.complete(
                            cause == null
                                    ? new SegmentEnd.Whole()
                                    : new SegmentEnd.Failed(ExchangeErrors.ofFile(cause))));
        }
    }

    private void writeLast(BodyChunk last) throws IOException {
        try (last) {
            write(last);
        }
    }

    private void fail(TaskError error) {
        end(new SegmentEnd.Failed(error));
    }

    /** Drops what is not yet written: the next attempt asks for it again. */
    private void end(SegmentEnd end) {
        if (body != null) {
            body.takeChunk().close();
        }
        promise.tryComplete(end);
    }
}
