package dev.juggler.work.fetch;

/**
 * The most bytes a second that all bodies of a process take together. Bytes that have come cannot be sent back, so they
 * are owed: whoever took them reads on only when they are paid off. Safe for use by several threads.
 */
final class BandwidthLimiter {
    /** So much may come at once after a time of rest. */
    private static final long BURST_NANOS = 50_000_000;

    private final double nanosPerByte;
    private long paidAt;

    BandwidthLimiter(long bytesPerSecond, long nanoTime) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.paidAt = nanoTime - BURST_NANOS;
    }

    /** Notes bytes that came, and says for how many nanoseconds to read no more. */
    synchronized long took(long bytes, long nanoTime) {
        paidAt = Math.max(paidAt - nanoTime, -BURST_NANOS) + nanoTime + (long) (bytes * nanosPerByte);
        return Math.max(0, paidAt - nanoTime);
    }
}
