package dev.juggler.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.juggler.Waiting;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class HeapLimiterTest {
    private static final int LEAST = 160 << 20;
    private static final int MOST = Integer.MAX_VALUE - 8;

    @Test
    void garbageBeyondTheBoundIsCollectedThoughTheHeapHasRoomForIt() throws Exception {
        int length = Math.clamp(Runtime.getRuntime().totalMemory(), LEAST, MOST);
        // Too long for the new generation, so no lesser collection finds it.
        WeakReference<byte[]> garbage = new WeakReference<>(new byte[length]);
        assertFalse(garbage.refersTo(null), "it is there as long as nobody looks");
        try (HeapLimiter _ = HeapLimiter.begin()) {
            Waiting.until("the garbage is collected", () -> garbage.refersTo(null));
        }
    }
}
