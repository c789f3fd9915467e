package dev.juggler.work.fetch;

/**
 * A rate that all bodies of a process share. Bytes that have come cannot be sent back, so their time is owed: the
 * reader that took them reads on once it has passed. Safe for use by several threads.
 */
final class BandwidthLimiter {
    /** The time whose bytes may come at once after a rest. */
    private static final long BURST_NANOS = 50_000_000;

    private final double nanosPerByte;
    private long paidAt;

    BandwidthLimiter(long bytesPerSecond, long nanoTime) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.paidAt = nanoTime - BURST_NANOS;
    }

    /** Counts bytes that came, and gives the time for which to read no more, in nanoseconds. */
    synchronized long take(long bytes, long nanoTime) {
        paidAt = Math.max(paidAt - nanoTime, -BURST_NANOS) + nanoTime + (long) (bytes * nanosPerByte);
        return Math.max(0, paidAt - nanoTime);
    }
}
