package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses the size of socket reads. A long body that has the line to itself is read, and written, in pieces of up to 1
 * MiB: each system call costs as much as copying tens of thousands of bytes. Concurrent bodies share a limit on
 * buffered bytes. The size adapts to the bytes received, so that short bodies get short buffers. Safe for use by
 * several event loops.
 */
public final class ReadSizes implements RecvByteBufAllocator {
    private static final int MIN_SHARE = 1 << 16;
    private static final int MAX_SHARE = 1 << 20;

    /** Limit on the gathered bytes of all bodies, unless it leaves less than {@link #MIN_SHARE} for each. */
    private static final int MAX_TOTAL = 1 << 24;

    private final RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator(64, 2048, MAX_SHARE);
    private final int maxShare;
    private final AtomicInteger bodies = new AtomicInteger();

    /** @param large whether reads may be large; false where a bandwidth limit shares the line */
    public ReadSizes(boolean large) {
        maxShare = large ? MAX_SHARE : MIN_SHARE;
    }

    void bodyBegins() {
        bodies.incrementAndGet();
    }

    void bodyEnds() {
        bodies.decrementAndGet();
    }

    /** Returns the bytes that one body gathers, or reads, at a time. */
    int share() {
        return Math.clamp(MAX_TOTAL / Math.max(1, bodies.get()), MIN_SHARE, maxShare);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new DelegatingHandle(adaptive.newHandle()) {
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
