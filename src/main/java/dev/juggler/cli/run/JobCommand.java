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

/** A command that runs a job: what fetch, compute and exec have in common. */
public abstract class JobCommand implements Command {
    private final CommandTail tail;
    private CommandSpec command;

    private final RunOptions runOptions = new RunOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private final InputOptions inputOptions = new InputOptions();

    /** @param tail what stood behind {@code --} */
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

    /** What is done with each input. */
    public abstract WorkSpec work() throws IOException;

    /** The inputs, opened: what cannot be read is told now. */
    abstract List<Source> sources(InputOptions lists) throws IOException;

    /** Makes the work ready, which checks it. */
    abstract WorkProvider prepare(WorkSpec work);

    /** One line on what would be done with this input. */
    abstract String preview(WorkSpec work, Task task);

    /** An argument of the command line as it may be shown to anybody. */
    String shown(String argument) {
        return argument;
    }

    /** What bounds the tasks of one group, where the work has groups. */
    PerGroup perGroup() {
        return PerGroup.NONE;
    }

    /** What becomes of all values together, if anything. */
    Optional<Reduction> reduction() {
        return Optional.empty();
    }

    /** Checks options against each other before anything is opened. */
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

    /** The job of this command line, ready to run under this model; for commands that run another's job. */
    public final PreparedJob prepared(ConcurrencyModel model) throws IOException {
        return prepared(model, null, UnaryOperator.identity());
    }

    /**
     * The same with so many at a time and other work.
     *
     * @param concurrency null for what the options say
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

    /** The lists of inputs, for a command that runs this one's job more than once. */
    public final InputOptions lists() {
        return inputOptions;
    }

    /** How many at a time the options say; null when they do not. */
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

    /** Whether somebody sees the rows of outcomes, and not only the results. */
    final boolean showsRows() {
        return outputOptions.jsonl || runOptions.journal != null;
    }

    /** The options that every run has. */
    public final RunOptions run() {
        return runOptions;
    }

    /** What stood behind {@code --}. */
    final CommandTail tail() {
        return tail;
    }
}
