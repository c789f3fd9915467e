package dev.juggler.work.fetch;

import io.vertx.core.Future;

/** The transfer of one body over one exchange, or over several in parallel. Confined to the event loop. */
interface Transfer {
    /**
     * Returns the bytes of the body so far, including those of an earlier attempt; valid while it {@link #isReceiving}.
     */
    long count();

    /** Returns whether more of the body is still expected. */
    boolean isReceiving();

    /**
     * Returns whether this side pauses reading, for the disk or a bandwidth limit; that time does not count as a stall.
     */
    boolean isPaused();

    /** Aborts it. The future completes on the loop, at the latest once no file thread works for it. */
    Future<Void> stop();
}
