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
import dev.juggler.work.fetch.saving.PartFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exchange for one range of a body. It takes bytes only from a response that declares exactly this range in the
 * same version. Confined to the event loop, except {@link #write}.
 */
final class SegmentTransfer implements BodyTransfer.TransferHandler {
    /** The end of a segment. */
    sealed interface SegmentEnd {
        /** All of its bytes are in the file. */
        record Whole() implements SegmentEnd {}

        /** The server sent no response, or something other than the range. */
        record Refused() implements SegmentEnd {}

        record Failed(TaskError error) implements SegmentEnd {}

        /** It was aborted by this side. */
        record Stopped() implements SegmentEnd {}
    }

    private final Segments segments;
    private final Segment segment;
    private final PartFile part;
    private final FileTasks files;
    private final BodyTransfer transfer;
    private final Promise<SegmentEnd> promise = Promise.promise();
    private boolean refused;

    /** Null before the head. */
    private @Nullable BodyReceiver body;

    SegmentTransfer(
            Segments segments,
            Segment segment,
            PartFile part,
            FetchLoop loop,
            FileTasks files,
            @Nullable BandwidthLimiter bandwidth) {
        this.segments = segments;
        this.segment = segment;
        this.part = part;
        this.files = files;
        this.transfer = new BodyTransfer(this, loop, files, bandwidth);
    }

    /** Returns headers that request a range, or the whole body if its version has changed. */
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

    /** Aborts the exchange; a write in progress finishes. */
    void stop() {
        if (!transfer.isEnded()) {
            transfer.stop().onComplete(stopped -> end(new SegmentEnd.Stopped()));
        }
    }

    @Override
    public BodyReceiver accept(ResponseHead head) {
        ContentRange range = segment.range();
        refused = !isWanted(head);
        BodyReceiver receiver = refused
                ? BodyReceiver.rejecting()
                : BodyReceiver.buffering(range.length(), range.length()).countingInto(segments.received());
        body = receiver;
        return receiver;
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
        for (ByteBuffer piece : chunk.pieces()) {
            int length = piece.remaining();
            part.writeAt(segment.position(), piece);
            segment.advance(length);
        }
    }

    @Override
    public void ended(TransferEnd end) {
        switch (end) {
            case TransferEnd.NoResponse none -> end(new SegmentEnd.Refused());
            case TransferEnd.NotWritten(Throwable cause) -> fail(ExchangeErrors.ofFile(cause));
            case TransferEnd.Interrupted(Throwable cause, BodyReceiver received) ->
                fail(ExchangeErrors.inBody(cause, received));
            case TransferEnd.Received(BodyReceiver received) -> received(received);
        }
    }

    private void received(BodyReceiver received) {
        if (refused) {
            end(new SegmentEnd.Refused());
        } else if (received.isTooLong()) {
            fail(TaskError.passing(
                    "content-range",
                    "a segment is longer than " + segment.range().length() + " bytes"));
        } else if (received.isShort()) {
            fail(TaskError.passing(
                    "truncated",
                    "a segment ended after " + received.count() + " of "
                            + segment.range().length() + " bytes, from byte "
                            + segment.range().first()));
        } else {
            BodyChunk last = received.takeChunk();
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

    /** Drops bytes that are not written: the next attempt requests them again. */
    private void end(SegmentEnd end) {
        if (body != null) {
            body.takeChunk().close();
        }
        promise.tryComplete(end);
    }
}
