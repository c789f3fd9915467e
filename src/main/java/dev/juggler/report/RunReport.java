package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.TaskCounts;

/**
 * What a run came to.
 *
 * @param schema the version of this record's JSON
 * @param job the id of the run
 * @param work the kind of work
 * @param model the concurrency model
 * @param concurrency workers, or tasks in flight; where the run found it out, as many as at its end
 * @param limit between which bounds it was found out; null when it was fixed
 * @param chosen what was chosen by the run itself; null when the model was named
 * @param hedged what was sent to a second worker; null when nothing was
 * @param ending why it ended
 * @param counts what became of the tasks
 * @param seconds wall time from the first worker's start to the last outcome written
 * @param startSeconds the part of {@code seconds} until the first worker was ready for tasks
 * @param tasksPerSecond tasks done in that time, a second
 * @param runMs how long attempts took, in milliseconds
 * @param bytes bytes read by fetches; 0 for other work
 * @param error what went wrong with the run itself; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
        int schema,
        String job,
        String work,
        String model,
        int concurrency,
        ReachedLimit limit,
        ChosenModel chosen,
        HedgeCounts hedged,
        EndReason ending,
        TaskCounts counts,
        double seconds,
        double startSeconds,
        double tasksPerSecond,
        Percentiles runMs,
        long bytes,
        String error) {}
