package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The rest of a body, cut into ranges that are fetched side by side. How far it is may be asked by any thread; all else
 * is for the one that runs the attempt, once the segments have ended.
 */
final class Segments {
    private final long from;
    private final long total;
    private final EntityVersion version;
    private final LongAdder came = new LongAdder();
    private final List<SegmentFetch> parts = new ArrayList<>();

    /**
     * What is missing of a body.
     *
     * @param version of which version it is, known
     * @param from its first byte that is missing
     * @param total the length of the whole body
     */
    Segments(EntityVersion version, long from, long total) {
        this.version = version;
        this.from = from;
        this.total = total;
    }

    /** Cuts it into so many ranges whose lengths differ by one byte at most. */
    void cut(int count, Function<ContentRange, SegmentFetch> segment) {
        long first = from;
        for (int i = 0; i < count; i++) {
            long end = from + (total - from) * (i + 1L) / count;
            parts.add(segment.apply(new ContentRange(first, end - 1, total)));
            first = end;
        }
    }

    List<SegmentFetch> parts() {
        return parts;
    }

    EntityVersion version() {
        return version;
    }

    long from() {
        return from;
    }

    long total() {
        return total;
    }

    /** Counts the bytes of all segments as they come. */
    LongAdder tally() {
        return came;
    }

    /** The bytes of the body that came, with those that were there before. */
    long count() {
        return from + came.sum();
    }

    /** Whether a segment was not answered with what was asked for. */
    boolean isRefused() {
        return parts.stream().anyMatch(SegmentFetch::isRefused);
    }

    /** How far the body is there without a gap. */
    long contiguous() {
        long end = from;
        for (SegmentFetch part : parts) {
            end += part.written();
            if (!part.isWhole()) {
                return end;
            }
        }
        return end;
    }
}
