package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ExchangeErrors;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StallDetector;
import java.io.IOException;
import java.util.List;

/**
 * One range of a body that is fetched in several. It is taken only from an answer that says it is this very range of the
 * same version. Its result tells the attempt it belongs to how it went; nobody else sees it.
 */
final class SegmentFetch implements FetchStep {
    private final Segments whole;
    private final ContentRange range;
    private final OutgoingRequest outgoing;
    private final BodyDelivery delivery;
    private final BandwidthLimiter bandwidth;
    private long written;
    private boolean refused;
    private TaskError error;

    /**
     * A range that nothing came of yet.
     *
     * @param outgoing its request
     * @param delivery takes its bytes
     * @param bandwidth what it shares the line by, or null
     */
    SegmentFetch(
            Segments whole,
            ContentRange range,
            OutgoingRequest outgoing,
            BodyDelivery delivery,
            BandwidthLimiter bandwidth) {
        this.whole = whole;
        this.range = range;
        this.outgoing = outgoing;
        this.delivery = delivery;
        this.bandwidth = bandwidth;
    }

    /** What asks for a range, and for nothing when it is of another version by now. */
    static List<Header> conditions(ContentRange range, EntityVersion version) {
        return List.of(
                new Header("range", "bytes=" + range.first() + "-" + range.last()),
                new Header("if-range", version.ifRange()),
                new Header("accept-encoding", "identity"));
    }

    /** Whether there was no answer, or one with something else. */
    boolean isRefused() {
        return refused;
    }

    /** How many of its bytes are in the file, from its beginning. */
    long written() {
        return written;
    }

    boolean isWhole() {
        return written == range.length();
    }

    @Override
    public boolean mustLook() {
        return false;
    }

    @Override
    public Result prepare() {
        return null;
    }

    @Override
    public Segments segments() {
        return null;
    }

    @Override
    public void beginSegments() {
        throw new IllegalStateException("a segment is not cut again");
    }

    @Override
    public Result join(Result failure) {
        throw new IllegalStateException("a segment is not cut again");
    }

    @Override
    public OutgoingRequest outgoing() {
        return outgoing;
    }

    @Override
    public BodyReceiver accept(ResponseHead answer) {
        if (!isAsked(answer)) {
            refuse("the server answered a range with something else");
            return BodyReceiver.rejecting();
        }
        return BodyReceiver.buffering(range.length(), range.length()).countingInto(whole.tally());
    }

    private boolean isAsked(ResponseHead answer) {
        return answer.status() == 206
                && answer.framingError() == null
                && range.equals(ContentRange.of(answer))
                && (answer.length() < 0 || answer.length() == range.length())
                && whole.version().matches(answer);
    }

    private void refuse(String why) {
        refused = true;
        error = TaskError.passing("content-range", why);
    }

    @Override
    public Result ended(BodyReceiver intake) {
        if (error == null) {
            error = intake.isTooLong()
                    ? TaskError.passing("content-range", "a segment is longer than " + range.length() + " bytes")
                    : TaskError.passing("truncated", "a segment " + endedAfter(intake));
        }
        return new Result.Failed(error);
    }

    private String endedAfter(BodyReceiver intake) {
        return "ended after " + intake.count() + " of " + range.length() + " bytes, from byte " + range.first();
    }

    @Override
    public boolean isToBeSaved(BodyReceiver intake) {
        return intake.isBuffering() && !intake.isTooLong() && !intake.isShort();
    }

    @Override
    public Result brokenOff(Throwable cause, BodyReceiver intake) {
        if (intake == null) {
            refuse("a range had no answer");
        }
        return new Result.Failed(error != null ? error : ExchangeErrors.inBody(cause, intake));
    }

    @Override
    public void write(BodyChunk batch) throws IOException {
        delivery.put(range.first() + written, batch);
        written += batch.length();
    }

    @Override
    public Result commit(BodyReceiver intake, BodyChunk last) {
        try {
            write(last);
            return new Result.Succeeded(
                    new Value.Fetched(206, written, outgoing.target().url(), null, null));
        } catch (IOException e) {
            return notSaved(intake, e);
        }
    }

    @Override
    public Result notSaved(BodyReceiver intake, Throwable cause) {
        return new Result.Failed(ExchangeErrors.ofFile(cause));
    }

    @Override
    public Result tooSlow(TaskError why, BodyReceiver intake) {
        return new Result.Failed(why);
    }

    /** None: the attempt watches over all its segments together. */
    @Override
    public StallDetector pulse() {
        return null;
    }

    @Override
    public BandwidthLimiter bandwidth() {
        return bandwidth;
    }

    @Override
    public Result interrupted() {
        return Result.Cancelled.because("the segment was broken off", null);
    }

    @Override
    public boolean holds(BodyReceiver intake) {
        return false;
    }

    /** What was not written when it broke off comes again. */
    @Override
    public void letGo(BodyChunk rest) {}
}
