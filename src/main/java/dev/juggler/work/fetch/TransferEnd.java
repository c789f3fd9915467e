package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.BodyReceiver;

/** The outcome of one exchange. */
sealed interface TransferEnd {
    /**
     * The body has ended, or is too long to be read further; its receiver tells which, and holds the bytes not yet
     * written.
     */
    record Received(BodyReceiver body) implements TransferEnd {}

    /** There was no response head. */
    record NoResponse(Throwable cause) implements TransferEnd {}

    /** The connection failed after the head. */
    record Interrupted(Throwable cause, BodyReceiver body) implements TransferEnd {}

    /** The body could not be written, or turned out to be invalid while it was. */
    record NotWritten(Throwable cause) implements TransferEnd {}
}
