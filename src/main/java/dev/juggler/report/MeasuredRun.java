package dev.juggler.report;

import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import java.util.Objects;

/**
 * One run of a job under one model, as it was measured.
 *
 * @param seconds wall time from the first worker's readiness to the last outcome written
 * @param startSeconds wall time before that: from the call to the first worker's readiness
 * @param cpuSeconds CPU time of the whole process meanwhile, its compiler's and collector's threads too, and of child
 *     processes that ended
 * @param peakBytes the most memory in use: see {@link Comparison#memory}
 * @param ending why the run ended
 * @param counts what became of the tasks
 * @param runMs how long attempts took, in milliseconds
 * @param inputs a digest of all inputs, whatever their order
 * @param outcomes a digest of what came of each input, whatever their order
 */
public record MeasuredRun(
        double seconds,
        double startSeconds,
        double cpuSeconds,
        long peakBytes,
        EndReason ending,
        TaskCounts counts,
        Percentiles runMs,
        String inputs,
        String outcomes) {

    public MeasuredRun {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(runMs, "runMs");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(outcomes, "outcomes");
        if (!(seconds >= 0) || !(startSeconds >= 0)) {
            throw new IllegalArgumentException("a run takes 0 seconds or more");
        }
    }

    /** Whether it went to its end and every task succeeded. */
    public boolean isClean() {
        return ending == EndReason.COMPLETED && counts.unsuccessful() == 0;
    }
}
