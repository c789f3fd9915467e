package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BandwidthLimiterTest {
    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long MILLI = 1_000_000;

    @Test
    void chargesReceivedBytes() {
        BandwidthLimiter bandwidth = new BandwidthLimiter(1_000, NOW);
        assertEquals(0, bandwidth.take(50, NOW));
        assertEquals(10 * MILLI, bandwidth.take(10, NOW));
        assertEquals(30 * MILLI, bandwidth.take(20, NOW));
        assertEquals(25 * MILLI, bandwidth.take(5, NOW + 10 * MILLI));
    }

    @Test
    void idleTimeAllowsOnlyAShortBurst() {
        BandwidthLimiter bandwidth = new BandwidthLimiter(1_000, NOW);
        assertEquals(50 * MILLI, bandwidth.take(100, NOW + 3_600_000 * MILLI));
    }
}
