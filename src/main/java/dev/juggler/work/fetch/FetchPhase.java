package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.http.StallDetector;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The life of one fetch. Each phase has the transitions that are legal from it and no others:
 *
 * <pre>
 *   Preparing ◄──► Transferring ──► Saving
 *       │              │              │
 *       └──────► Ending ◄─┘           │
 *                   │                 │
 *                   └────► Ended ◄────┘
 * </pre>
 *
 * <p>A fetch transfers once for each request: the input, redirects, challenges, what a condition or a range that failed
 * makes necessary. Only a fetch that is active can be cancelled or found too slow: saving cannot be undone.
 */
sealed interface FetchPhase {
    /** Phases of a fetch that has no result yet and may be given one from outside. */
    sealed interface Active extends FetchPhase permits Preparing, Transferring {
        /** Ends what is under way; the future completes on the loop once no file thread works for the fetch. */
        Future<?> stop();

        /** File work comes before the next request. */
        default Preparing prepare(Future<?> fileTask) {
            return new Preparing(fileTask);
        }

        /**
         * Requests are sent from now on.
         *
         * @param stalls watches the server; null when it may take any time
         */
        default Transferring transfer(Transfer transfer, @Nullable StallDetector stalls) {
            return new Transferring(transfer, stalls);
        }

        /** The result is known, but for what has to be put away first. */
        default Ending end(Result result) {
            return new Ending(result);
        }
    }

    /** File work comes before the next exchange: a look at the disk, cookies, room for segments. */
    record Preparing(Future<?> fileTask) implements Active {
        @Override
        public Future<?> stop() {
            return fileTask;
        }
    }

    /** Requests are sent, and bodies come. */
    record Transferring(Transfer transfer, @Nullable StallDetector stalls) implements Active {
        @Override
        public Future<?> stop() {
            return transfer.stop();
        }

        /** The whole body is here. */
        Saving save() {
            return new Saving();
        }

        /** Why the server is too slow to wait for it any longer, or null. */
        @Nullable
        TaskError stall(long nanoTime) {
            return stalls == null || !transfer.isReceiving()
                    ? null
                    : stalls.check(transfer.count(), transfer.isPaused(), nanoTime);
        }
    }

    /** A file thread writes the last of the body, checks it and gives it its name. */
    record Saving() implements FetchPhase {
        Ended end() {
            return new Ended();
        }
    }

    /** What came of a body that is not whole is put away, for a later attempt or for good. */
    record Ending(Result result) implements FetchPhase {
        Ended end() {
            return new Ended();
        }
    }

    /** The result is given. */
    record Ended() implements FetchPhase {}
}
