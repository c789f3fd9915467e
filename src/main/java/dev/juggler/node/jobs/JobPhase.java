package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A phase in the life of a job. Each phase has the transitions that are legal from it and no others:
 *
 * <pre>
 *   Queued ──► Running ──► Cancelling ──► Ended
 *     │  ▲       │  │                       ▲
 *     │  └───────┘  └───────────────────────┤
 *     └─────────────────────────────────────┘
 * </pre>
 *
 * A job goes back from running to the queue when its node leaves before the job has ended, and from its end to the
 * queue when it is requeued.
 */
sealed interface JobPhase {

    /** The word for this phase in replies. */
    JobStatus.State state();

    /** Ends the job; a job that has ended keeps its end. */
    Ended end(Instant now, JobEnd end);

    /** Accepted and on disk. */
    record Queued() implements JobPhase {
        Running start(Instant now) {
            return new Running(now);
        }

        /** The end of a job that was cancelled before it started, or that cannot start. */
        @Override
        public Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.empty(), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.QUEUED;
        }
    }

    /** Its tasks are run. */
    record Running(Instant started) implements JobPhase {
        Cancelling cancel() {
            return new Cancelling(started);
        }

        /** Puts the job back into the queue, since its node stops running it. */
        Queued handBack() {
            return new Queued();
        }

        @Override
        public Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.of(started), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.RUNNING;
        }
    }

    /** Its running tasks are being cancelled. */
    record Cancelling(Instant started) implements JobPhase {
        @Override
        public Ended end(Instant now, JobEnd end) {
            return new Ended(Optional.of(started), now, end);
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.CANCELLING;
        }
    }

    /**
     * Over.
     *
     * @param started empty when it never started
     */
    record Ended(Optional<Instant> started, Instant ended, JobEnd end) implements JobPhase {
        Queued requeue() {
            return new Queued();
        }

        @Override
        public Ended end(Instant now, JobEnd other) {
            return this;
        }

        @Override
        public JobStatus.State state() {
            return JobStatus.State.ENDED;
        }
    }
}
