package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a job is in its life. Each phase has the transitions that are legal from it and no others:
 *
 * <pre>
 *   Queued ──► Running ──► Cancelling ──► Ended
 *     │  ▲       │  │                       ▲
 *     │  └───────┘  └───────────────────────┤
 *     └─────────────────────────────────────┘
 * </pre>
 *
 * A job goes from running back to the queue when its node leaves before it has ended, and from its end when somebody
 * wants it tried again.
 */
sealed interface JobPhase {

    /** The word for it in replies. */
    JobStatus.State state();

    /** The end of a job wherever it is; of one that has ended, the end that it had. */
    default Ended over(Instant now, JobEnd end) {
        return switch (this) {
            case Queued queued -> queued.end(now, end);
            case Running running -> running.end(now, end);
            case Cancelling cancelling -> cancelling.end(now, end);
            case Ended ended -> ended;
        };
    }

    /** Accepted and on disk. */
    record Queued() implements JobPhase {
        Running start(Instant now) {
            return new Running(now);
        }

        /** Cancelled before it began, or found to be one that cannot begin. */
        Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.empty(), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.QUEUED;
        }
    }

    /** Its tasks are being done. */
    record Running(Instant started) implements JobPhase {
        Cancelling cancel() {
            return new Cancelling(started);
        }

        Queued handBack() {
            return new Queued();
        }

        Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.of(started), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.RUNNING;
        }
    }

    /** Its tasks are being ended, since somebody cancelled it. */
    record Cancelling(Instant started) implements JobPhase {
        Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.of(started), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.CANCELLING;
        }
    }

    /** Over for good; {@code started} is empty when it never began. */
    record Ended(Optional<Instant> started, Instant ended, JobEnd end) implements JobPhase {
        Queued requeue() {
            return new Queued();
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.ENDED;
        }
    }
}
