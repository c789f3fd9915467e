package dev.juggler.work.fetch.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A bounded pool of byte arrays for short bodies; without it the JVM would clear, and later collect, a new array of
 * some kilobytes for each. Confined to an event loop.
 */
public final class BufferPool {
    /** Maximum number of pooled buffers, each of at most {@link BodyReceiver#CHUNK_SIZE} bytes. */
    static final int MAX_BUFFERS = 64;

    private final Deque<byte[]> free = new ArrayDeque<>();

    /** Lends the buffer that was given back last; one that is too small is dropped in favour of a larger one. */
    public void lendTo(BodyReceiver receiver) {
        if (receiver.needsBuffer() && !free.isEmpty()) {
            receiver.lend(free.removeLast());
        }
    }

    /** Takes back the buffer of a chunk that is no longer read. */
    public void giveBack(BodyChunk saved) {
        if (saved instanceof BodyChunk.CopiedChunk copied
                && copied.length() > 0
                && copied.bytes().length <= BodyReceiver.CHUNK_SIZE
                && free.size() < MAX_BUFFERS) {
            free.addLast(copied.bytes());
        }
    }
}
