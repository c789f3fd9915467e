package dev.juggler.cli.compare;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.run.InputSpool;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.CandidateMeasurer;
import dev.juggler.compare.ComparisonFile;
import dev.juggler.compare.ComparisonRun;
import dev.juggler.compare.InProcessMeasurer;
import dev.juggler.compare.IsolatedMeasurer;
import dev.juggler.report.Comparison;
import dev.juggler.report.MeasurementSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The command {@code compare}: runs one job under several models and reports the measurements. */
public final class CompareCommand implements Command {
    private final CommandTail tail;
    private final CommandParser parser;
    private final Class<?> childMain;
    private final CompareOptions options = new CompareOptions();
    private boolean isolate;
    private List<Path> merge = List.of();
    private final CompareOutput output = new CompareOutput();

    /**
     * A command that has not run.
     *
     * @param childMain the main class of the child JVMs, which starts a {@link ComparisonChild}
     */
    public CompareCommand(CommandTail tail, CommandParser parser, Class<?> childMain) {
        this.tail = tail;
        this.parser = parser;
        this.childMain = childMain;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe("Runs one job under several models, in turn, and compares time, CPU and memory.");
        syntax.synopsis(
                "juggler compare [OPTIONS] -- fetch|compute|exec ...",
                "juggler compare --merge FILE... [--json|--markdown] [--chart F] [--html F]");
        syntax.footer(
                "",
                "  juggler compare -- fetch -i urls.txt",
                "  juggler compare --models sequential,threads:5,async:64 --html page.html \\",
                "      -- fetch 'http://127.0.0.1:8000/{a,b,c}/{1..30}'",
                "  juggler compare --save here.json -- compute sum-squares 5000000..5000019",
                "  juggler compare --merge here.json there.json");
        syntax.flag("--isolate", on -> isolate = on, "Run each model in a separate JVM.");
        syntax.add(OptionSyntax.options(
                        "--merge",
                        Path.class,
                        all -> merge = all,
                        "Show saved comparisons of one job, for example from other machines; run nothing.")
                .paramLabel("FILE")
                .arity("1..*"));
        options.declare(syntax);
        output.declare(syntax);
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        if (!merge.isEmpty()) {
            return showMerged();
        }
        InnerJob job = RepeatedJob.parse(parser, "compare", tail.command());
        List<Candidate> candidates = options.candidates(job);
        output.check(true);
        try (InputSpool spool = new InputSpool()) {
            spool.replaceIn(job.lists());
            RepeatedJob repeated = new RepeatedJob(job);
            repeated.verify(candidates);
            try (CompareOutput.Files files = output.reserve()) {
                return compare(job, repeated, candidates, files);
            }
        }
    }

    private int compare(InnerJob job, RepeatedJob repeated, List<Candidate> candidates, CompareOutput.Files files)
            throws IOException, InterruptedException {
        InterruptHandler signals = InterruptHandler.handle(CommandErrors::tell);
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try (CandidateMeasurer measurer = measurer(job, repeated, signals);
                ComparisonProgress progress = new ComparisonProgress(signals, output.showsProgress())) {
            ComparisonRun comparisonRun = new ComparisonRun(candidates, measurer, progress);
            comparisonRun.run(options.warmup, options.repeat, output.needsTimelines());
            progress.clear();
            if (!comparisonRun.hasResults()) {
                CommandErrors.tell("interrupted before every model was measured once; there is nothing to compare");
                return ExitCodes.SIGNAL + signals.last();
            }
            Comparison comparison = new Comparison(
                    Comparison.SCHEMA,
                    job.description(),
                    LocalMachine.info(),
                    new MeasurementSetup(started, options.warmup, isolate, measurer.memory()),
                    comparisonRun.results(),
                    comparisonRun.differences());
            files.save(comparison);
            output.show(List.of(comparison), List.of(), files);
            return exitCode(comparison.isClean(), signals.last());
        } catch (IOException e) {
            throw CommandFailure.failed("cannot measure a run: " + e.getMessage(), e);
        }
    }

    private CandidateMeasurer measurer(InnerJob job, RepeatedJob repeated, InterruptHandler signals) {
        return isolate
                ? new IsolatedMeasurer(childMain, candidate -> ComparisonChild.assignment(candidate, job))
                : InProcessMeasurer.shared(repeated, CommandVertx::forJob, signals::govern);
    }

    private static int exitCode(boolean clean, int signal) {
        if (signal != 0) {
            return ExitCodes.SIGNAL + signal;
        }
        return clean ? ExitCodes.OK : ExitCodes.TASKS_FAILED;
    }

    private int showMerged() throws IOException {
        if (tail.command() != null || options.hasModels() || isolate) {
            throw CommandFailure.usage(
                    "--merge shows saved comparisons and runs nothing; remove the job, --models and --isolate");
        }
        output.check(false);
        List<Comparison> all;
        try {
            all = ComparisonFile.readAll(merge);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + e.getMessage(), e);
        }
        List<String> differences = ComparisonFile.differences(all);
        try (CompareOutput.Files files = output.reserve()) {
            output.show(all, differences, files);
        }
        boolean clean = differences.isEmpty() && all.stream().allMatch(Comparison::isClean);
        return exitCode(clean, 0);
    }
}
