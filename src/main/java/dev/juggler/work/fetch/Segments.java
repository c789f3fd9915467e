package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The missing rest of a body, split into ranges that are fetched in parallel. Any thread may call {@link #count()}; the
 * other methods are for the file thread of a segment, and for the loop once all segments have ended.
 */
final class Segments {
    private final EntityVersion version;
    private final long from;
    private final long total;
    private final List<Segment> parts;
    private final LongAdder received = new LongAdder();

    /** One range of the body and its progress in the file. */
    static final class Segment {
        private final ContentRange range;
        private long written;

        private Segment(ContentRange range) {
            this.range = range;
        }

        ContentRange range() {
            return range;
        }

        /** Returns the bytes of the range that are in the file, from its beginning. */
        long written() {
            return written;
        }

        /** Returns the offset in the body of the next byte to write. */
        long position() {
            return range.first() + written;
        }

        void advance(long bytes) {
            written += bytes;
        }

        boolean isWhole() {
            return written == range.length();
        }
    }

    private Segments(EntityVersion version, long from, long total, List<Segment> parts) {
        this.version = version;
        this.from = from;
        this.total = total;
        this.parts = List.copyOf(parts);
    }

    /**
     * Splits the rest of a body into ranges whose lengths differ by one byte at most.
     *
     * @param version the known version that all ranges must have
     * @param from the first missing byte
     * @param total the length of the whole body
     */
    static Segments split(EntityVersion version, long from, long total, int count) {
        List<Segment> parts = new ArrayList<>(count);
        long first = from;
        for (int i = 0; i < count; i++) {
            long end = from + (total - from) * (i + 1L) / count;
            parts.add(new Segment(new ContentRange(first, end - 1, total)));
            first = end;
        }
        return new Segments(version, from, total, parts);
    }

    List<Segment> parts() {
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

    /** Returns the counter of received bytes that all segments share. */
    LongAdder received() {
        return received;
    }

    /** Returns the bytes of the body received, including those present before. */
    long count() {
        return from + received.sum();
    }

    /** Returns the length of the beginning of the body that is in the file without a gap. */
    long contiguous() {
        long end = from;
        for (Segment part : parts) {
            end += part.written();
            if (!part.isWhole()) {
                return end;
            }
        }
        return end;
    }
}
