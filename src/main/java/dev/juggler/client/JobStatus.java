package dev.juggler.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.juggler.job.HedgeCounts;
import java.time.Instant;

/**
 * Where a job stands. Moments are in ISO 8601, UTC, such as {@code 2026-11-21T18:00:00.123Z}.
 *
 * @param id the service's name for it
 * @param key the client's
 * @param work the kind of work
 * @param state see {@link State}
 * @param ending how it ended: {@code completed}, {@code halted}, {@code deadline}, {@code cancelled},
 *     {@code output-failed}, {@code input-failed}, {@code workers-failed}, {@code poison} or {@code invalid}; null before
 * @param error what went wrong with the job itself; null when nothing did
 * @param owner the node that owns it
 * @param epoch how often it has been begun or taken over, from 1
 * @param submitted when it was accepted
 * @param started when it was last begun; null before
 * @param ended null before
 * @param total its inputs, where they are known without reading them; null otherwise
 * @param counts what became of its tasks so far
 */
public record JobStatus(
        String id,
        String key,
        String work,
        State state,
        String ending,
        String error,
        String owner,
        int epoch,
        String submitted,
        String started,
        String ended,
        Long total,
        Counts counts) {

    /** A job's state, in lower case in JSON. */
    public enum State {
        /** Accepted, on disk, and waiting for its turn. */
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("running")
        RUNNING,
        /** Ending, because somebody cancelled it. */
        @JsonProperty("cancelling")
        CANCELLING,
        @JsonProperty("ended")
        ENDED
    }

    /**
     * Tasks by what became of them. All of them are from the journal's point of view: what an earlier run of this job
     * succeeded in counts too; what it failed in is tried again.
     *
     * @param succeeded tasks done
     * @param failed tasks whose last attempt failed
     * @param timedOut tasks whose last attempt took too long
     * @param cancelled tasks that the end of the job cut off
     * @param attempts rows in this run, retries among them
     * @param hedged what of this run was sent to a second node too, since the first took long; null when nothing was
     */
    public record Counts(
            long succeeded, long failed, long timedOut, long cancelled, long attempts, HedgeCounts hedged) {
        /** With nothing sent to a second worker. */
        public Counts(long succeeded, long failed, long timedOut, long cancelled, long attempts) {
            this(succeeded, failed, timedOut, cancelled, attempts, null);
        }

        /** Nothing done yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** The same with what was sent to a second node. */
        public Counts withHedged(HedgeCounts other) {
            return new Counts(succeeded, failed, timedOut, cancelled, attempts, other);
        }

        /** Tasks that ended in any way. */
        public long done() {
            return succeeded + failed + timedOut + cancelled;
        }
    }

    /** Whether it has come to its end. */
    public boolean hasEnded() {
        return state == State.ENDED;
    }

    /** A moment as it stands in JSON; null for null. */
    public static String text(Instant moment) {
        return moment == null
                ? null
                : moment.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    }
}
