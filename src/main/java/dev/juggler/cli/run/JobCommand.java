package dev.juggler.cli.run;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ConcurrencyOption;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.OutputOptions;
import dev.juggler.engine.PreparedJob;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command that runs a job: the common part of fetch, compute and exec. */
public abstract class JobCommand implements Command {
    private final CommandTail tail;
    private @Nullable CommandSpec command;

    private final RunOptions runOptions = new RunOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final InputOptions inputOptions = new InputOptions();

    /** @param tail the arguments, split at {@code --} */
    JobCommand(CommandTail tail) {
        this.tail = tail;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        command = syntax.command();
        runOptions.declare(syntax);
        outputOptions.declare(syntax);
        inputOptions.declare(syntax);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(command, "the command was not declared");
    }

    /** Returns the work of the job. */
    public abstract WorkSpec work() throws IOException;

    /**
     * Opens the inputs.
     *
     * @throws IOException when one cannot be opened
     */
    abstract List<Source> sources(InputOptions lists) throws IOException;

    /** Prepares the work, which checks it. */
    abstract WorkProvider prepare(WorkSpec work);

    /** Returns one line that shows the work on an input. */
    abstract String preview(WorkSpec work, Task task);

    /** Returns an argument of the command line without secrets, for output. */
    String shown(String argument) {
        return argument;
    }

    /** Returns the limits of one group of tasks, if the work has groups. */
    PerGroup perGroup() {
        return PerGroup.NONE;
    }

    /** Returns the reduction of all values, if there is one. */
    Optional<Reduction> reduction() {
        return Optional.empty();
    }

    /** Rejects options that contradict each other, before anything is opened. */
    void check(RunOptions run, OutputOptions output) {
        output.check();
    }

    @Override
    public final Integer call() throws Exception {
        check(runOptions, outputOptions);
        WorkSpec work = work();
        Job job = runOptions.job(work, perGroup());
        Source source = inputs();
        if (runOptions.dryRun) {
            return DryRun.show(job, source, task -> preview(work, task));
        }
        List<String> arguments =
                spec().commandLine().getParent().getParseResult().originalArgs();
        ResumeCommand resume =
                new ResumeCommand(arguments.stream().map(this::shown).toList(), tail().command());
        return new JobLauncher(runOptions, outputOptions, resume).launch(job, source, prepare(work), reduction());
    }

    /** Prepares the job of this command line to run under a model; for commands that run the job of another. */
    public final PreparedJob prepared(ConcurrencyModel model) throws IOException {
        return prepared(model, null, UnaryOperator.identity());
    }

    /**
     * Prepares the job of this command line to run under a model, with another concurrency and other work.
     *
     * @param concurrency null for the concurrency of the options
     * @param adaptation changes the work
     */
    public final PreparedJob prepared(
            ConcurrencyModel model, @Nullable Integer concurrency, UnaryOperator<WorkSpec> adaptation)
            throws IOException {
        check(runOptions, outputOptions);
        runOptions.model = model;
        if (concurrency != null) {
            runOptions.concurrency = new ConcurrencyOption.Fixed(concurrency);
        }
        WorkSpec work = adaptation.apply(work());
        return new PreparedJob(runOptions.job(work, perGroup()), inputs(), prepare(work));
    }

    /** Returns the lists of inputs; for commands that run the job of this one more than once. */
    public final InputOptions lists() {
        return inputOptions;
    }

    /** Returns the concurrency of the options; null when none is given. */
    public final @Nullable ConcurrencyOption concurrency() {
        return runOptions.concurrency;
    }

    private Source inputs() {
        try {
            List<Source> sources = sources(inputOptions);
            if (sources.isEmpty()) {
                throw CommandFailure.usage("no inputs: give some as arguments, or a list with -i FILE (see 'juggler "
                        + spec().name() + " --help')");
            }
            return PeekedSource.nonEmpty(Sources.concat(sources));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    /** Returns whether rows of outcomes are written, and not only results. */
    final boolean showsRows() {
        return outputOptions.jsonl || runOptions.journal != null;
    }

    /** Returns the options of every run. */
    public final RunOptions run() {
        return runOptions;
    }

    /** Returns the arguments, split at {@code --}. */
    final CommandTail tail() {
        return tail;
    }
}
