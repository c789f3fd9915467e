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
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;

/** A command that runs a job: the common part of fetch, compute and exec. */
public abstract class JobCommand implements Command {
    private final CommandTail tail;
    private CommandSpec command;

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

    /** The work of the job. */
    public abstract WorkSpec work() throws IOException;

    /**
     * The inputs, opened.
     *
     * @throws IOException when one cannot be opened
     */
    abstract List<Source> sources(InputOptions lists) throws IOException;

    /** Prepares the work, which checks it. */
    abstract WorkProvider prepare(WorkSpec work);

    /** One line that shows the work on an input. */
    abstract String preview(WorkSpec work, Task task);

    /** An argument of the command line without secrets, so that anybody may see it. */
    String shown(String argument) {
        return argument;
    }

    /** The limits of one group of tasks, where the work has groups. */
    PerGroup perGroup() {
        return PerGroup.NONE;
    }

    /** The reduction of all values, if there is one. */
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
                command.commandLine().getParent().getParseResult().originalArgs();
        ResumeCommand resume =
                new ResumeCommand(arguments.stream().map(this::shown).toList(), tail().command());
        return new JobLauncher(runOptions, outputOptions, resume).launch(job, source, prepare(work), reduction());
    }

    /** The job of this command line, ready to run under a model; for commands that run the job of another. */
    public final PreparedJob prepared(ConcurrencyModel model) throws IOException {
        return prepared(model, null, UnaryOperator.identity());
    }

    /**
     * The job of this command line, ready to run under a model, with another concurrency and other work.
     *
     * @param concurrency null for the concurrency of the options
     * @param adaptation changes the work
     */
    public final PreparedJob prepared(ConcurrencyModel model, Integer concurrency, UnaryOperator<WorkSpec> adaptation)
            throws IOException {
        check(runOptions, outputOptions);
        runOptions.model = model;
        if (concurrency != null) {
            runOptions.concurrency = new ConcurrencyOption.Fixed(concurrency);
        }
        WorkSpec work = adaptation.apply(work());
        return new PreparedJob(runOptions.job(work, perGroup()), inputs(), prepare(work));
    }

    /** The lists of inputs; for commands that run the job of this one more than once. */
    public final InputOptions lists() {
        return inputOptions;
    }

    /** The concurrency of the options; null when none is given. */
    public final ConcurrencyOption concurrency() {
        return runOptions.concurrency;
    }

    private Source inputs() {
        try {
            List<Source> sources = sources(inputOptions);
            if (sources.isEmpty()) {
                throw CommandFailure.usage("no inputs: give some as arguments, or a list with -i FILE (see 'juggler "
                        + command.name() + " --help')");
            }
            return PeekedSource.nonEmpty(Sources.concat(sources));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    /** Are rows of outcomes written, and not only results? */
    final boolean showsRows() {
        return outputOptions.jsonl || runOptions.journal != null;
    }

    /** The options of every run. */
    public final RunOptions run() {
        return runOptions;
    }

    /** The arguments, split at {@code --}. */
    final CommandTail tail() {
        return tail;
    }
}
