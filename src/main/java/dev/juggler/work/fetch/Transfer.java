package dev.juggler.work.fetch;

import io.vertx.core.Future;

/** The bytes of one body on their way, over one exchange or over several side by side. Confined to the event loop. */
interface Transfer {
    /** The bytes of the body so far, with those that an earlier attempt left; while it {@link #isReceiving}. */
    long count();

    /** Returns whether more of the body is still expected. */
    boolean isReceiving();

    /**
     * Returns whether reading is paused on this side, for the disk or for a rate; the server is not to blame for that
     * time.
     */
    boolean isPaused();

    /** Breaks it off. The future completes on the loop once no file thread works for it, at the latest. */
    Future<Void> stop();
}
