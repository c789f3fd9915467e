package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.BodyReceiver;
import io.vertx.core.Promise;

/**
 * The life of one exchange. Each phase has the transitions that are legal from it and no others:
 *
 * <pre>
 *   Requested ──► Receiving ◄──► Writing
 *       │             │             │
 *       └─────────────┼─────────────┤
 *                     ▼             ▼
 *                  Draining ──► Stopping ──► Ended
 * </pre>
 *
 * <p>While one chunk is written the next gathers; when that is full too, the connection is paused, so that a slow disk
 * slows the server and does not fill the heap.
 */
sealed interface TransferPhase {
    /** Phases in which bytes, or their end, may still arrive. */
    sealed interface Open extends TransferPhase permits Requested, Receiving, Writing {
        /** The connection failed. */
        Draining fail(Throwable cause);
    }

    /** The request is sent, or waits for its connection. */
    record Requested() implements Open {
        Receiving respond(BodyReceiver body) {
            return new Receiving(body);
        }

        @Override
        public Draining fail(Throwable cause) {
            return new Draining(new TransferEnd.NoResponse(cause), false);
        }
    }

    /** The body arrives, and no chunk of it is being written. */
    record Receiving(BodyReceiver body) implements Open {
        Writing write() {
            return new Writing(body, false);
        }

        Draining end() {
            return new Draining(new TransferEnd.Received(body), false);
        }

        @Override
        public Draining fail(Throwable cause) {
            return new Draining(new TransferEnd.Interrupted(cause, body), false);
        }
    }

    /**
     * The body arrives while a chunk of it is being written.
     *
     * @param full whether the next chunk is full as well, and reading therefore paused
     */
    record Writing(BodyReceiver body, boolean full) implements Open {
        Writing fill() {
            return new Writing(body, true);
        }

        Receiving written() {
            return new Receiving(body);
        }

        /** Records that the chunk could not be written. */
        Draining refuse(Throwable cause) {
            return new Draining(new TransferEnd.NotWritten(cause), false);
        }

        Draining end() {
            return new Draining(new TransferEnd.Received(body), true);
        }

        @Override
        public Draining fail(Throwable cause) {
            return new Draining(new TransferEnd.Interrupted(cause, body), true);
        }
    }

    /** No more bytes arrive, and the end is reported as soon as nothing is pending. */
    record Draining(TransferEnd end, boolean writing) implements TransferPhase {
        Draining written() {
            return new Draining(end, false);
        }

        /** Records that the chunk could not be written; an earlier failure of the exchange takes precedence. */
        Draining refuse(Throwable cause) {
            return new Draining(end instanceof TransferEnd.Received ? new TransferEnd.NotWritten(cause) : end, false);
        }

        /**
         * Returns whether the end may be reported: the write is over and, for a body that arrived, its bandwidth delays
         * are.
         *
         * @param delays pending bandwidth delays
         */
        boolean isDue(int delays) {
            return !writing && (delays == 0 || !(end instanceof TransferEnd.Received));
        }

        Ended report() {
            return Ended.INSTANCE;
        }
    }

    /** Aborted by this side while a chunk is being written. */
    record Stopping(Promise<Void> stopped) implements TransferPhase {
        Ended written() {
            return Ended.INSTANCE;
        }
    }

    /** No file thread works for it, and nothing more is reported. */
    record Ended() implements TransferPhase {
        private static final Ended INSTANCE = new Ended();
    }

    /** Returns the phase after the exchange was aborted by this side. */
    default TransferPhase stop() {
        return switch (this) {
            case Requested ignored -> Ended.INSTANCE;
            case Receiving ignored -> Ended.INSTANCE;
            case Writing ignored -> new Stopping(Promise.promise());
            case Draining draining -> draining.writing() ? new Stopping(Promise.promise()) : Ended.INSTANCE;
            case Stopping stopping -> stopping;
            case Ended ended -> ended;
        };
    }
}
