package dev.juggler.cli;

import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.WorkSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that runs a job. */
final class RunOptions {
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyMMdd-HHmmss");

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description = "sequential, threads, virtual or async. Default: ${DEFAULT-VALUE}.")
    ConcurrencyModel model;

    @Option(
            names = {"-n", "--concurrency"},
            paramLabel = "N",
            description = "Workers, or tasks in flight for async. Default: by model and kind of work.")
    Integer concurrency;

    @Option(
            names = "--chunk",
            paramLabel = "auto|N",
            description = "Tasks that travel to a worker together. Default: ${DEFAULT-VALUE}.")
    Chunking chunk;

    @Option(names = "--timeout", paramLabel = "D", description = "How long one attempt may take.")
    Duration timeout;

    @Option(names = "--deadline", paramLabel = "D", description = "How long the whole run may take.")
    Duration deadline;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Further attempts after a failure that may pass. Default: ${DEFAULT-VALUE}.")
    int retries;

    @Option(
            names = "--halt",
            paramLabel = "never|N|P%",
            description = "Failed tasks that stop the run. Default: ${DEFAULT-VALUE}.")
    HaltPolicy halt;

    @Option(names = "--rate", paramLabel = "N/s", description = "The most tasks that start in a second (/m, /h).")
    Rate rate;

    @Option(
            names = {"-k", "--keep-order"},
            description = "Give results in the order of the inputs.")
    boolean keepOrder;

    @Option(names = "--journal", paramLabel = "FILE", description = "Record every attempt in this file.")
    Path journal;

    @Option(names = "--resume", description = "Leave out what the journal says is done.")
    boolean resume;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    boolean dryRun;

    /** What a shell completes {@code --model} to. */
    static final class ModelNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ConcurrencyModel.values())
                    .map(ConcurrencyModel::id)
                    .iterator();
        }
    }

    /** The job that these options make of this work; a mistake in them is a usage error. */
    Job job(WorkSpec work, PerGroup perGroup) {
        int cores = Runtime.getRuntime().availableProcessors();
        int many = concurrency == null ? model.defaultConcurrency(work.kind(), cores) : concurrency;
        if (many < 1) {
            throw CommandFailure.usage("-n is at least 1, not " + many);
        }
        if (model == ConcurrencyModel.SEQUENTIAL && many != 1) {
            throw CommandFailure.usage("the sequential model does one task at a time: leave out -n " + many);
        }
        if (resume && journal == null) {
            throw CommandFailure.usage("--resume needs --journal FILE, the file of the run to go on with");
        }
        try {
            return new Job(
                    newId(), work, model, many, chunk, limits().with(perGroup), RetryPolicy.of(retries), keepOrder);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private Limits limits() {
        return new Limits(Optional.ofNullable(timeout), Optional.ofNullable(deadline), halt, Optional.ofNullable(rate));
    }

    private static String newId() {
        return LocalDateTime.now().format(ID) + "-" + ProcessHandle.current().pid();
    }
}
