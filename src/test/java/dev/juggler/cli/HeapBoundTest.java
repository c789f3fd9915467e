package dev.juggler.cli;

import dev.juggler.Waiting;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class HeapBoundTest {
    private static final long LEAST = 160L << 20;

    @Test
    void garbageBeyondTheBoundIsCollectedThoughTheHeapHasRoomForIt() throws Exception {
        long heap = Runtime.getRuntime().totalMemory();
        try (HeapBound bound = HeapBound.begin()) {
            // Too long for the new generation, so no lesser collection finds it.
            WeakReference<byte[]> garbage = new WeakReference<>(new byte[(int) Math.max(LEAST, heap / 2)]);
            Waiting.until("the garbage is collected", () -> garbage.refersTo(null));
        }
    }
}
