package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ConcurrencyOption;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobRequest;
import dev.juggler.engine.Engine;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.ProcessModel;
import dev.juggler.job.Rate;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.WorkKind;
import dev.juggler.job.WorkSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The options of every command that runs a job. */
public final class RunOptions {
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyMMdd-HHmmss");

    /** The values that a shell completes {@code --model} to. */
    private static final Iterable<String> MODEL_NAMES =
            () -> Stream.concat(Arrays.stream(ConcurrencyModel.values()).map(ConcurrencyModel::id), Stream.of("auto"))
                    .iterator();

    /** Null for auto. */
    public @Nullable ConcurrencyModel model;

    /** True when the run chooses its model; known once the job is created. */
    boolean choosing;

    @Nullable
    ConcurrencyOption concurrency;

    int max;

    @Nullable
    ProcessModel perProcess;

    Chunking chunk = new Chunking.Auto();

    @Nullable
    Duration timeout;

    @Nullable
    Duration deadline;

    int retries;
    HaltPolicy halt = new HaltPolicy.Never();

    @Nullable
    Rate rate;

    boolean keepOrder;

    @Nullable
    Path journal;

    boolean resume;
    boolean dryRun;
    private @Nullable CommandSpec command;

    /** Declares the options. */
    void declare(OptionSyntax syntax) {
        command = syntax.command();
        syntax.add(OptionSyntax.option(
                        "-m, --model",
                        ConcurrencyModel.class,
                        value -> model = value,
                        "Concurrency model: sequential, threads, virtual, async, processes, or auto to let the run"
                                + " choose.",
                        "Default: ${DEFAULT-VALUE}.")
                .paramLabel("MODEL")
                .completionCandidates(MODEL_NAMES));
        syntax.value(
                "-n, --concurrency",
                "N|auto",
                ConcurrencyOption.class,
                value -> concurrency = value,
                "Number of workers, or of tasks in flight for async; auto adapts it during the run.",
                "Default: depends on model and kind of work.");
        syntax.value(
                "--max",
                "N",
                Integer.class,
                value -> max = value,
                "Upper limit of -n auto. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--per-process",
                "MODEL:N",
                ProcessModel.class,
                value -> perProcess = value,
                "Model inside each process, such as async:64. Default: sequential.");
        syntax.value(
                "--chunk",
                "auto|N",
                Chunking.class,
                value -> chunk = value,
                "Number of tasks sent to a worker at a time. Default: ${DEFAULT-VALUE}.");
        syntax.value("--timeout", "D", Duration.class, value -> timeout = value, "Time limit of one attempt.");
        syntax.value("--deadline", "D", Duration.class, value -> deadline = value, "Time limit of the whole run.");
        syntax.value(
                "--retries",
                "N",
                Integer.class,
                value -> retries = value,
                "Retry a task up to N times after transient failures. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--halt",
                "never|N|P%",
                HaltPolicy.class,
                value -> halt = value,
                "Stop the run at this number or percentage of failed tasks. Default: ${DEFAULT-VALUE}.");
        syntax.value("--rate", "N/s", Rate.class, value -> rate = value, "Start at most N tasks per second (/m, /h).");
        syntax.flag("-k, --keep-order", on -> keepOrder = on, "Print results in the order of the inputs.");
        syntax.value("--journal", "FILE", Path.class, value -> journal = value, "Record every attempt in this file.");
        syntax.flag("--resume", on -> resume = on, "Skip inputs that the journal lists as done.");
        syntax.flag("--dry-run", on -> dryRun = on, "Show what would be done, without doing it.");
    }

    /**
     * Creates a job of some work with these options.
     *
     * @throws CommandFailure when the options contradict each other
     */
    Job job(WorkSpec work, PerGroup perGroup) {
        choosing = model == null;
        ConcurrencyModel chosen = model == null ? Engine.firstModel(work.kind()) : model;
        model = chosen;
        if (chosen == ConcurrencyModel.SEQUENTIAL && !isGiven("--concurrency")) {
            concurrency = null; // A setting is for the other models.
        }
        ConcurrencyOption wanted = concurrency;
        ConcurrencyOption.check(wanted, chosen);
        checkMax();
        int number = wanted == null ? defaultConcurrency(work.kind(), chosen) : wanted.max(max);
        if (resume && journal == null) {
            throw CommandFailure.usage("--resume needs --journal FILE, the journal of the run to resume");
        }
        try {
            return Job.builder(newId(), work)
                    .model(chosen, number)
                    .adaptive(adaptive())
                    .chunking(chunk)
                    .limits(limits().with(perGroup))
                    .retry(RetryPolicy.of(retries))
                    .keepOrder(keepOrder)
                    .perProcess(perProcess(chosen))
                    .build();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private int defaultConcurrency(WorkKind kind, ConcurrencyModel chosen) {
        return choosing
                ? Engine.firstConcurrency(kind)
                : kind.defaultConcurrency(chosen, Runtime.getRuntime().availableProcessors());
    }

    private ProcessModel perProcess(ConcurrencyModel chosen) {
        if (perProcess != null && chosen != ConcurrencyModel.PROCESSES) {
            throw CommandFailure.usage("--per-process goes with --model processes, not with " + chosen.id());
        }
        return perProcess == null ? ProcessModel.SEQUENTIAL : perProcess;
    }

    private void checkMax() {
        if (max < 1) {
            throw CommandFailure.usage("--max is at least 1, not " + max);
        }
        if (!adaptive() && isGiven("--max")) {
            throw CommandFailure.usage("--max N goes with -n auto, whose upper limit it is");
        }
    }

    /** Returns the long names of the options that a request to a node may have. */
    public static Set<String> requestable() {
        return Set.of(
                "--model", "--concurrency", "--chunk", "--retries", "--timeout", "--deadline", "--halt", "--rate");
    }

    /**
     * Adds the options of the command line to a request to a node. Variables and settings of this machine do not count.
     *
     * @throws CommandFailure when an option is for local runs only
     */
    public void addTo(JobRequest.Builder request) {
        if (isGiven("--model")) {
            if (model == null) {
                throw CommandFailure.usage("--model auto is for local runs; name the model of a cluster's job");
            }
            request.model(model);
        }
        if (isGiven("--concurrency")) {
            if (!(concurrency instanceof ConcurrencyOption.Fixed fixed)) {
                throw CommandFailure.usage("-n auto is for local runs; give a number for a cluster's job");
            }
            request.concurrency(fixed.number());
        }
        addIfGiven("--chunk", chunk, request::chunk);
        addIfGiven("--retries", retries, request::retries);
        addIfGiven("--timeout", timeout, request::timeout);
        addIfGiven("--deadline", deadline, request::deadline);
        addIfGiven("--halt", halt, request::halt);
        addIfGiven("--rate", rate, request::rate);
    }

    private <T> void addIfGiven(String option, @Nullable T value, Consumer<T> target) {
        if (value != null && isGiven(option)) {
            target.accept(value);
        }
    }

    /** Returns whether the option is on the command line, rather than a setting. */
    private boolean isGiven(String option) {
        return Objects.requireNonNull(command, "the options were not declared")
                .commandLine()
                .getParseResult()
                .hasMatchedOption(option);
    }

    /** Returns whether the run adapts its concurrency. */
    boolean adaptive() {
        return concurrency instanceof ConcurrencyOption.Auto;
    }

    private Limits limits() {
        return new Limits(Optional.ofNullable(timeout), Optional.ofNullable(deadline), halt, Optional.ofNullable(rate));
    }

    private static String newId() {
        // Not in local time, for which every start would load the time zones.
        return LocalDateTime.now(ZoneOffset.UTC).format(ID) + "-"
                + ProcessHandle.current().pid();
    }
}
