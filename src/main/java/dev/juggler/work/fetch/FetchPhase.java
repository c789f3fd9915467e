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
 * <p>A fetch transfers once for each request: the input, redirects, challenges, and repetitions after a failed
 * condition or range. Only an active fetch can be cancelled or time out: saving cannot be undone.
 */
sealed interface FetchPhase {
    /** Phases of a fetch that has no result yet and may be given one from outside. */
    sealed interface Active extends FetchPhase permits Preparing, Transferring {
        /** Stops current work; the future completes on the loop once no file thread works for the fetch. */
        Future<?> stop();

        /** Enters file work before the next request. */
        default Preparing prepare(Future<?> fileTask) {
            return new Preparing(fileTask);
        }

        /**
         * Enters the transfer of requests and bodies.
         *
         * @param stalls detects a slow server; null without limits
         */
        default Transferring transfer(Transfer transfer, @Nullable StallDetector stalls) {
            return new Transferring(transfer, stalls);
        }

        /** Ends with this result, once the body is stored or dropped. */
        default Ending end(Result result) {
            return new Ending(result);
        }
    }

    /** File work precedes the next exchange: checking the disk, cookies, preparing for segments. */
    record Preparing(Future<?> fileTask) implements Active {
        @Override
        public Future<?> stop() {
            return fileTask;
        }
    }

    /** Requests are sent, and bodies received. */
    record Transferring(Transfer transfer, @Nullable StallDetector stalls) implements Active {
        @Override
        public Future<?> stop() {
            return transfer.stop();
        }

        /** Saves the body, which is complete. */
        Saving save() {
            return new Saving();
        }

        /** Returns the error of a server that is too slow, or null. */
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

    /** An incomplete body is stored for a later attempt, or deleted. */
    record Ending(Result result) implements FetchPhase {
        Ended end() {
            return new Ended();
        }
    }

    /** The fetch has its result. */
    record Ended() implements FetchPhase {}
}
