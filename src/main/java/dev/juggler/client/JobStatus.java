package dev.juggler.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.juggler.job.HedgeCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a job. Times are in ISO 8601, UTC, such as {@code 2026-11-21T18:00:00.123Z}.
 *
 * @param id the service's name for the job
 * @param key the client's name for the job
 * @param work the kind of work
 * @param state the state
 * @param ending the way it ended: {@code completed}, {@code halted}, {@code deadline}, {@code cancelled},
 *     {@code output-failed}, {@code input-failed}, {@code workers-failed}, {@code poison} or {@code invalid}; null
 *     before its end
 * @param error the error of the job itself; null when there is none
 * @param owner the id of the node that owns it
 * @param epoch the number of times it was started or taken over, from 1
 * @param submitted the time of its acceptance
 * @param started the time of its last start; null before its first
 * @param ended the time of its end; null before
 * @param total the number of its inputs; null when it is unknown without reading them
 * @param counts its tasks by outcome so far
 */
public record JobStatus(
        String id,
        String key,
        String work,
        State state,
        @Nullable String ending,
        @Nullable String error,
        String owner,
        int epoch,
        String submitted,
        @Nullable String started,
        @Nullable String ended,
        @Nullable Long total,
        Counts counts) {

    /** The state of a job, in lower case in JSON. */
    public enum State {
        /** Accepted, on disk, and waiting for its turn. */
        @JsonProperty("queued")
        QUEUED,
        /** Its tasks run. */
        @JsonProperty("running")
        RUNNING,
        /** Ending, because it was cancelled. */
        @JsonProperty("cancelling")
        CANCELLING,
        /** Over; {@link JobStatus#ending} says in which way. */
        @JsonProperty("ended")
        ENDED
    }

    /**
     * The tasks of a job by outcome, according to the journal: those that succeeded in an earlier run count too, and
     * those that failed there are retried.
     *
     * @param succeeded tasks that succeeded
     * @param failed tasks whose last attempt failed
     * @param timedOut tasks whose last attempt timed out
     * @param cancelled tasks cancelled by the end of the job
     * @param attempts the attempts of this run, including retries
     * @param hedged the batches of this run that were sent to a second node too; null when none were
     */
    public record Counts(
            long succeeded,
            long failed,
            long timedOut,
            long cancelled,
            long attempts,
            @Nullable HedgeCounts hedged) {
        /** Creates counts without hedged batches. */
        public Counts(long succeeded, long failed, long timedOut, long cancelled, long attempts) {
            this(succeeded, failed, timedOut, cancelled, attempts, null);
        }

        /** Counts before the first task ends. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** Returns these counts with hedged batches. */
        public Counts withHedged(@Nullable HedgeCounts other) {
            return new Counts(succeeded, failed, timedOut, cancelled, attempts, other);
        }

        /** Returns the number of tasks that ended in any way. */
        public long done() {
            return succeeded + failed + timedOut + cancelled;
        }
    }

    /** Returns whether the job has ended. */
    public boolean hasEnded() {
        return state == State.ENDED;
    }

    /** Returns the text of a time in JSON; null for null. */
    public static @Nullable String text(@Nullable Instant moment) {
        return moment == null
                ? null
                : moment.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    }
}
