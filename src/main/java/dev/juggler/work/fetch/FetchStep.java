package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.OutgoingRequest;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StallDetector;
import java.io.IOException;

/**
 * What the transport asks on its way from a request to a result. Used by one thread at a time. {@link #prepare},
 * {@link #write}, {@link #commit} and {@link #letGo} block on files, the others never do.
 */
sealed interface FetchStep permits Attempt, SegmentFetch {
    /** Whether {@link #prepare} has to read the disk; otherwise it does not block. */
    boolean mustLook();

    /** Looks what earlier tries and runs left; a result when nothing needs to be fetched, otherwise null. */
    Result prepare();

    /** The segments that are to be fetched next, in place of one exchange; null for an exchange. */
    Segments segments();

    /** Takes the room for the segments; blocks. */
    void beginSegments() throws IOException;

    /**
     * What comes of it when all segments have ended; null when there is an exchange to do. Blocks.
     *
     * @param failure how the first of those ended that failed, or null
     */
    Result join(Result failure);

    /** The request of the next exchange. */
    OutgoingRequest outgoing();

    /** Judges the head of an answer and says how its body is to be taken. */
    BodyReceiver accept(ResponseHead answer);

    /**
     * What comes of it now that the body has ended, or is too long to go on with: a result; null when there is more to
     * do. Not for a body that is kept and good: that one is to be saved first.
     */
    Result ended(BodyReceiver intake);

    /** Whether the body is whole and its bytes must be saved before there is a result. */
    boolean isToBeSaved(BodyReceiver intake);

    /**
     * What comes of it when the exchange broke off; null when there is another exchange to do: what was decided from
     * the head stands, however the body that came with it went.
     *
     * @param intake where the body went, or null when there was no head yet
     */
    Result brokenOff(Throwable cause, BodyReceiver intake);

    /** Takes a batch of a good body. */
    void write(BodyChunk batch) throws IOException;

    /** Takes the last of a good body, and gives what comes of it. */
    Result commit(BodyReceiver intake, BodyChunk last);

    /** What comes of it when the file system refuses the body. */
    Result notSaved(BodyReceiver intake, Throwable cause);

    /** What comes of it when the server is too slow; {@code intake} is where the body went, or null. */
    Result tooSlow(TaskError why, BodyReceiver intake);

    /** A watch over what begins now; null when nobody minds how long it takes. */
    StallDetector pulse();

    /** What all bodies share of the line, or null. */
    BandwidthLimiter bandwidth();

    /** What comes of it when it is cancelled. */
    Result interrupted();

    /**
     * Whether {@link #letGo} has something to do.
     *
     * @param intake where the body went, or null
     */
    boolean holds(BodyReceiver intake);

    /** Keeps what came of a body that is not whole for a later try, or removes it. */
    void letGo(BodyChunk rest);
}
