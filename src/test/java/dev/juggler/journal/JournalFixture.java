package dev.juggler.journal;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes jobs, outcomes and journals. */
final class JournalFixture {
    static final Job JOB = job("one", "true");

    private JournalFixture() {}

    static Job job(String id, String command) {
        ExecSpec work = new ExecSpec(List.of(command), false, 10);
        return Job.builder(id, work).model(ConcurrencyModel.SEQUENTIAL, 1).build();
    }

    static Outcome succeeded(String key) {
        return outcome(key, new Result.Succeeded(new Value.Computed("value of " + key)));
    }

    static Outcome failed(String key) {
        return outcome(key, new Result.Failed(TaskError.passing("exit", "no")));
    }

    private static Outcome outcome(String key, Result result) {
        return new Outcome(new Task(0, new Input.Text(key)), 1, result, "w", 0, 0, 0);
    }

    /** Writes a new journal with these successes. */
    static void write(Path file, String... keys) throws Exception {
        try (Journal journal = Journal.create(file, JOB)) {
            for (String key : keys) {
                journal.append(List.of(succeeded(key)));
            }
        }
    }

    /**
     * Removes the keys from the completed tasks, each as often as it is given, and returns those that were completed.
     */
    static List<String> taken(CompletedTasks completed, String... keys) {
        List<String> taken = new ArrayList<>();
        for (String key : keys) {
            if (completed.take(key)) {
                taken.add(key);
            }
        }
        return taken;
    }
}
