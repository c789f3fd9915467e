package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import java.util.Objects;

/**
 * The measurements of one run of a job under one model. In JSON, {@code cost} and {@code digests} add their fields to
 * this record's.
 *
 * @param cost time and memory
 * @param ending why the run ended
 * @param counts tasks by outcome
 * @param runMs durations of the attempts, in milliseconds
 * @param digests identify the inputs and the outcomes
 */
public record MeasuredRun(
        @JsonUnwrapped Cost cost,
        EndReason ending,
        TaskCounts counts,
        Percentiles runMs,
        @JsonUnwrapped Digests digests) {
    public MeasuredRun {
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(runMs, "runMs");
        Objects.requireNonNull(digests, "digests");
    }

    /**
     * Time and memory of a run.
     *
     * @param seconds wall time from the first worker's readiness to the last outcome written
     * @param startSeconds wall time before that: from the call to the first worker's readiness
     * @param cpuSeconds CPU time of the whole process during the run, including its compiler's and collector's threads
     *     and child processes that ended
     * @param peakBytes peak memory; {@link MeasurementSetup#memory} says of what
     */
    public record Cost(double seconds, double startSeconds, double cpuSeconds, long peakBytes) {
        public Cost {
            if (!(seconds >= 0) || !(startSeconds >= 0)) {
                throw new IllegalArgumentException("a run takes 0 seconds or more");
            }
        }
    }

    /**
     * Digests that do not depend on the order of tasks.
     *
     * @param inputs digest of all inputs
     * @param outcomes digest of the outcome of each input
     */
    public record Digests(String inputs, String outcomes) {
        public Digests {
            Objects.requireNonNull(inputs, "inputs");
            Objects.requireNonNull(outcomes, "outcomes");
        }
    }

    /** Returns true if the run completed and every task succeeded. */
    public boolean isClean() {
        return ending == EndReason.COMPLETED && counts.unsuccessful() == 0;
    }
}
