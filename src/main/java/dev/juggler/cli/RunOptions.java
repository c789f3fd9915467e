package dev.juggler.cli;

import dev.juggler.engine.Engine;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.PerProcess;
import dev.juggler.job.Rate;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.WorkSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that runs a job. */
final class RunOptions {
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyMMdd-HHmmss");

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description = {
                "sequential, threads, virtual, async, processes, or auto: the run chooses.",
                "Default: ${DEFAULT-VALUE}."
            })
    ConcurrencyModel model;

    /** Whether the run chooses its model; known when the job is made. */
    boolean choosing;

    @Option(
            names = {"-n", "--concurrency"},
            paramLabel = "N|auto",
            description = {
                "Workers, or tasks in flight for async; auto finds out while it runs.",
                "Default: by model and kind of work."
            })
    Concurrency concurrency;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "The most that -n auto goes to. Default: ${DEFAULT-VALUE}.")
    int max;

    @Option(
            names = "--per-process",
            paramLabel = "MODEL:N",
            description = "What each of the processes does, such as async:64. Default: sequential.")
    PerProcess perProcess;

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
            return Stream.concat(Arrays.stream(ConcurrencyModel.values()).map(ConcurrencyModel::id), Stream.of("auto"))
                    .iterator();
        }
    }

    /** The job that these options make of this work; a mistake in them is a usage error. */
    Job job(WorkSpec work, PerGroup perGroup) {
        int cores = Runtime.getRuntime().availableProcessors();
        choosing = model == null;
        if (choosing) {
            model = Engine.firstModel(work.kind());
        }
        if (model == ConcurrencyModel.SEQUENTIAL && !isGiven("--concurrency")) {
            concurrency = null; // A setting is meant for the other models.
        }
        Concurrency.check(concurrency, model);
        checkMax();
        int many = switch (concurrency) {
            case Concurrency.Fixed fixed -> fixed.number();
            case Concurrency.Auto auto -> max;
            case null -> choosing ? Engine.firstConcurrency(work.kind()) : model.defaultConcurrency(work.kind(), cores);
        };
        if (resume && journal == null) {
            throw CommandFailure.usage("--resume needs --journal FILE, the file of the run to go on with");
        }
        try {
            return new Job(
                    newId(),
                    work,
                    model,
                    many,
                    adaptive(),
                    chunk,
                    limits().with(perGroup),
                    RetryPolicy.of(retries),
                    keepOrder,
                    perProcess());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private PerProcess perProcess() {
        if (perProcess != null && model != ConcurrencyModel.PROCESSES) {
            throw CommandFailure.usage("--per-process goes with --model processes, not with " + model.id());
        }
        return perProcess == null ? PerProcess.SEQUENTIAL : perProcess;
    }

    private void checkMax() {
        if (max < 1) {
            throw CommandFailure.usage("--max is at least 1, not " + max);
        }
        if (!adaptive() && isGiven("--max")) {
            throw CommandFailure.usage("--max N goes with -n auto: it is the most that auto goes to");
        }
    }

    /** Whether the command line itself says so, and not a setting. */
    private boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Whether the run finds its concurrency out. */
    boolean adaptive() {
        return concurrency instanceof Concurrency.Auto;
    }

    private Limits limits() {
        return new Limits(Optional.ofNullable(timeout), Optional.ofNullable(deadline), halt, Optional.ofNullable(rate));
    }

    private static String newId() {
        // Not in local time, which would have every start read the time zones.
        return LocalDateTime.now(ZoneOffset.UTC).format(ID) + "-"
                + ProcessHandle.current().pid();
    }
}
