package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BandwidthLimiterTest {
    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long MILLI = 1_000_000;

    @Test
    void whatComesIsPaidOffInTime() {
        BandwidthLimiter bandwidth = new BandwidthLimiter(1_000, NOW);
        assertEquals(0, bandwidth.took(50, NOW));
        assertEquals(10 * MILLI, bandwidth.took(10, NOW));
        assertEquals(30 * MILLI, bandwidth.took(20, NOW));
        assertEquals(25 * MILLI, bandwidth.took(5, NOW + 10 * MILLI));
    }

    @Test
    void restSavesUpOnlyALittle() {
        BandwidthLimiter bandwidth = new BandwidthLimiter(1_000, NOW);
        assertEquals(50 * MILLI, bandwidth.took(100, NOW + 3_600_000 * MILLI));
    }
}
