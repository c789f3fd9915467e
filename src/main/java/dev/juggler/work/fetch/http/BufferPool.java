package dev.juggler.work.fetch.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where short bodies were gathered that are saved by now, for the next ones: the JVM would clear a new array of some
 * kilobytes for each, and collect it. Confined to an event loop.
 */
public final class BufferPool {
    /** So many are kept, of at most {@link BodyReceiver#BATCH} bytes each. */
    static final int MOST = 64;

    private final Deque<byte[]> free = new ArrayDeque<>();

    /** Lends it the one that was given back last; one too small makes room for a larger one. */
    public void lendTo(BodyReceiver intake) {
        if (intake.needsPlace() && !free.isEmpty()) {
            intake.lend(free.removeLast());
        }
    }

    /** Takes the place of a batch that nobody looks at any more. */
    public void giveBack(BodyChunk saved) {
        if (saved instanceof BodyChunk.CopiedChunk copied
                && copied.length() > 0
                && copied.bytes().length <= BodyReceiver.BATCH
                && free.size() < MOST) {
            free.addLast(copied.bytes());
        }
    }
}
