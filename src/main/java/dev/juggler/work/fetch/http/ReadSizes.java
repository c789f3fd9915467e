package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much is read from a socket at a time. A long body that has the line for itself is read, and written, in pieces of
 * up to 1 MiB: each system call costs as much as copying tens of thousands of bytes. Many bodies at once share what may
 * wait in memory. How much really comes at a time is learnt from what came, so that short bodies get short buffers.
 * Safe for use by several event loops.
 */
public final class ReadSizes implements RecvByteBufAllocator {
    private static final int SMALLEST = 1 << 16;
    private static final int LARGEST = 1 << 20;

    /** What the gathered batches of all bodies may come to, as long as that leaves each the smallest. */
    private static final int TOGETHER = 1 << 24;

    private final RecvByteBufAllocator learning = new AdaptiveRecvByteBufAllocator(64, 2048, LARGEST);
    private final int most;
    private final AtomicInteger bodies = new AtomicInteger();

    /** @param whole whether much may be read at once, which is not so where the line is shared by a rate */
    public ReadSizes(boolean whole) {
        most = whole ? LARGEST : SMALLEST;
    }

    void bodyBegins() {
        bodies.incrementAndGet();
    }

    void bodyEnds() {
        bodies.decrementAndGet();
    }

    /** The bytes that one body gathers, or reads, at a time. */
    int share() {
        return Math.clamp(TOGETHER / Math.max(1, bodies.get()), SMALLEST, most);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new DelegatingHandle(learning.newHandle()) {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return allocator.ioBuffer(guess());
            }

            @Override
            public int guess() {
                return Math.min(delegate().guess(), share());
            }
        };
    }
}
