package dev.juggler.coordinator;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.WorkSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Tasks and outcomes for tests. */
final class SampleTasks {
    private SampleTasks() {}

    static Task task(long index) {
        return new Task(index, new Input.Whole(index));
    }

    /** Tasks from one index (inclusive) to another (exclusive). */
    static List<Task> tasks(long from, long to) {
        return LongStream.range(from, to).mapToObj(SampleTasks::task).toList();
    }

    static Outcome success(long index) {
        return outcome(index, 1, new Result.Succeeded(null));
    }

    static Outcome failure(long index, int attempt) {
        return outcome(index, attempt, new Result.Failed(TaskError.passing("fake", "")));
    }

    static Outcome outcome(long index, int attempt, Result result) {
        return new Outcome(task(index), attempt, result, "w", 0, 0, 1_000);
    }

    static List<Long> indexes(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.task().index()).toList();
    }

    static Job job(boolean keepOrder, String kind) {
        WorkSpec work =
                kind.equals("compute") ? new WorkSpec.ComputeSpec("f", Optional.empty(), List.of()) : FetchSpec.READ;
        RetryPolicy retry = RetryPolicy.of(0);
        return Job.builder("j", work)
                .model(ConcurrencyModel.THREADS, 4)
                .retry(retry)
                .keepOrder(keepOrder)
                .build();
    }
}
