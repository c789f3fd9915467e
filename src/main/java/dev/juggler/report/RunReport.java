package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.TaskCounts;
import org.jspecify.annotations.Nullable;

/**
 * The account of a run that has ended. Its JSON is one flat object, with the fields of the parts among its own.
 *
 * @param schema the version of this record's JSON
 * @param setup the job and the model it ran under
 * @param result the end of the run and its tasks
 * @param timing the durations of the run
 * @param runMs the durations of attempts, in milliseconds
 * @param bytes the bytes read by fetches; 0 for other work
 * @param error the failure of the run itself; null when there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
        int schema,
        @JsonUnwrapped RunSetup setup,
        @JsonUnwrapped RunResult result,
        @JsonUnwrapped RunTiming timing,
        Percentiles runMs,
        long bytes,
        @Nullable String error) {

    /**
     * The job of a run and the model it ran under.
     *
     * @param job the id of the run
     * @param work the kind of work
     * @param model the concurrency model
     * @param concurrency workers, or tasks in flight; where the run found it out, as many as at its end
     * @param limit the bounds between which it was found out; null when it was fixed
     * @param chosen the run's own choice of a model; null when the user named it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunSetup(
            String job,
            String work,
            String model,
            int concurrency,
            @Nullable ReachedLimit limit,
            @Nullable ChosenModel chosen) {}

    /**
     * The end of a run and the outcomes of its tasks.
     *
     * @param hedged the batches that were sent to a second worker; null when there were none
     * @param ending the reason why it ended
     * @param counts the tasks by outcome
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunResult(@Nullable HedgeCounts hedged, EndReason ending, TaskCounts counts) {}

    /**
     * The durations of a run.
     *
     * @param seconds wall time from the first worker's start to the last outcome written
     * @param startSeconds the part of {@code seconds} until the first worker was ready for tasks
     * @param tasksPerSecond tasks done in that time, per second
     */
    public record RunTiming(double seconds, double startSeconds, double tasksPerSecond) {}

    /** The id of the run. */
    public String job() {
        return setup.job;
    }

    /** The kind of work. */
    public String work() {
        return setup.work;
    }

    /** The concurrency model. */
    public String model() {
        return setup.model;
    }

    /** Workers, or tasks in flight; where the run found it out, as many as at its end. */
    public int concurrency() {
        return setup.concurrency;
    }

    /** The bounds between which the concurrency was found out; null when it was fixed. */
    public @Nullable ReachedLimit limit() {
        return setup.limit;
    }

    /** The run's own choice of a model; null when the user named it. */
    public @Nullable ChosenModel chosen() {
        return setup.chosen;
    }

    /** The batches that were sent to a second worker; null when there were none. */
    public @Nullable HedgeCounts hedged() {
        return result.hedged;
    }

    /** The reason why the run ended. */
    public EndReason ending() {
        return result.ending;
    }

    /** The tasks by outcome. */
    public TaskCounts counts() {
        return result.counts;
    }

    /** Wall time from the first worker's start to the last outcome written. */
    public double seconds() {
        return timing.seconds;
    }

    /** The part of {@link #seconds} until the first worker was ready for tasks. */
    public double startSeconds() {
        return timing.startSeconds;
    }

    /** Tasks done per second. */
    public double tasksPerSecond() {
        return timing.tasksPerSecond;
    }
}
