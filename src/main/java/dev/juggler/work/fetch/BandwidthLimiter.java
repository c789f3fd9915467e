package dev.juggler.work.fetch;

/**
 * A rate limiter that all bodies of a process share. Received bytes cannot be sent back, so their time is charged
 * afterwards: the reader that took them pauses until it has passed. Safe for use by several threads.
 */
final class BandwidthLimiter {
    /** Time whose bytes may arrive in a burst after an idle period. */
    private static final long BURST_NANOS = 50_000_000;

    private final double nanosPerByte;
    private long paidAt;

    BandwidthLimiter(long bytesPerSecond, long nanoTime) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.paidAt = nanoTime - BURST_NANOS;
    }

    /** Counts received bytes; returns the time to pause reading, in nanoseconds. */
    synchronized long take(long bytes, long nanoTime) {
        paidAt = Math.max(paidAt - nanoTime, -BURST_NANOS) + nanoTime + (long) (bytes * nanosPerByte);
        return Math.max(0, paidAt - nanoTime);
    }
}
