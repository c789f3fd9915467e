package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.BodyReceiver;

/** The way in which one exchange ended. */
sealed interface TransferEnd {
    /** The body has ended, or is too long to be read on; its receiver says which, and holds what is not yet written. */
    record Received(BodyReceiver body) implements TransferEnd {}

    /** There was no response head. */
    record NoResponse(Throwable cause) implements TransferEnd {}

    /** The connection failed behind the head. */
    record Interrupted(Throwable cause, BodyReceiver body) implements TransferEnd {}

    /** The body could not be written, or was found wrong while it was. */
    record NotWritten(Throwable cause) implements TransferEnd {}
}
