package dev.juggler.cli.run;

import dev.juggler.boot.HeapLimiter;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.cli.command.OutputOptions;
import dev.juggler.cli.command.StandardStream;
import dev.juggler.cli.command.Terminal;
import dev.juggler.engine.Await;
import dev.juggler.engine.Engine;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.engine.RunBuilder;
import dev.juggler.job.EndReason;
import dev.juggler.job.Job;
import dev.juggler.journal.Journal;
import dev.juggler.journal.JournalException;
import dev.juggler.report.ChosenModel;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Runs the job of a command, from its options to its exit code. */
final class JobLauncher {
    private static final int BUFFER = 1 << 16;
    private final RunOptions options;
    private final OutputOptions output;
    private final ResumeCommand resume;
    private final OutputStream out = new BufferedOutputStream(StandardStream.out(), BUFFER);
    private final OutputStream err = StandardStream.err();

    JobLauncher(RunOptions options, OutputOptions output, ResumeCommand resume) {
        this.options = options;
        this.output = output;
        this.resume = resume;
    }

    /** Runs the job. Results go to stdout in the format of the options, or to the reduction. */
    @SuppressWarnings("try") // the limiter is only held open
    int launch(Job job, Source source, WorkProvider work, Optional<Reduction> reduction)
            throws IOException, JournalException, InterruptedException {
        Optional<Journal> journal = openJournal(job, work);
        journal.flatMap(Journal::warning).ifPresent(CommandErrors::tell);
        Vertx vertx = CommandVertx.forJob(job, options.choosing);
        try (HeapLimiter heap = HeapLimiter.begin()) {
            RunEnd ended = run(vertx, job, source, work, journal, reduction);
            finish(ended.report, reduction);
            return reduction.filter(Reduction::rejected).isPresent() ? ExitCodes.TASKS_FAILED : exitCode(ended);
        } finally {
            CommandVertx.close(vertx);
        }
    }

    /** An ended run, the number of the signal that ended it, or 0, and whether a body could not be saved. */
    private record RunEnd(RunReport report, int signal, boolean unsaved) {}

    private RunEnd run(
            Vertx vertx,
            Job job,
            Source source,
            WorkProvider work,
            Optional<Journal> journal,
            Optional<Reduction> reduction)
            throws IOException, InterruptedException {
        try (ProgressDisplay progress = progress(job, source)) {
            OutcomeHandler printer = printer(job, reduction);
            FailurePrinter failures = new FailurePrinter(job, output.quiet ? line -> {} : progress::tell);
            OutcomeHandler all = outcomes -> {
                failures.accept(outcomes);
                printer.accept(outcomes);
                progress.accept(outcomes);
            };
            InterruptHandler signals = InterruptHandler.handle(progress::tell);
            RunBuilder builder =
                    new Engine(vertx).job(job).inputs(source).work(work).results(all);
            journal.ifPresent(builder::journal);
            JobRun run = start(builder, progress);
            if (job.adaptive()) {
                progress.follow(run::concurrency);
            }
            signals.govern(run);
            return new RunEnd(await(run), signals.last(), failures.unsaved());
        }
    }

    private JobRun start(RunBuilder builder, ProgressDisplay progress) {
        if (options.choosing && options.concurrency != null) {
            builder.chooseModelOnly(chosen -> tell(chosen, progress));
        } else if (options.choosing) {
            builder.chooseModel(chosen -> tell(chosen, progress));
        }
        return builder.start();
    }

    private void tell(ChosenModel chosen, ProgressDisplay progress) {
        if (!output.quiet) {
            progress.tell("%s %s, %s%d at a time: %s"
                    .formatted(
                            chosen.clear() ? "auto chose" : "auto chose, without certainty,",
                            chosen.model(),
                            options.adaptive() ? "at most " : "",
                            chosen.concurrency(),
                            chosen.reason()));
        }
    }

    /** Opens the journal last, so that an error elsewhere leaves none behind. When this fails, the work is closed. */
    private Optional<Journal> openJournal(Job job, WorkProvider work) throws JournalException, IOException {
        if (options.journal == null) {
            return Optional.empty();
        }
        Path path = options.journal;
        try {
            return Optional.of(options.resume ? Journal.resume(path, job) : Journal.create(path, job));
        } catch (JournalException e) {
            work.close();
            throw e;
        }
    }

    private OutcomeHandler printer(Job job, Optional<Reduction> reduction) throws IOException {
        if (output.json) {
            return reduction.map(OutcomeHandler.class::cast).orElse(OutcomeHandler.NONE);
        }
        if (output.jsonl) {
            return new RowPrinter(job.id(), out);
        }
        return reduction.map(OutcomeHandler.class::cast).orElseGet(() -> new ResultPrinter(out, err));
    }

    private ProgressDisplay progress(Job job, Source source) {
        boolean screen = output.terminal().interactive() && (output.json || !Terminal.isTerminal(1));
        return switch (output.progress) {
            case none -> ProgressDisplay.NONE;
            case plain -> new ProgressLine(job, source.size());
            case auto -> screen && !output.quiet ? new ProgressBarView(job, source.size()) : ProgressDisplay.NONE;
        };
    }

    private static RunReport await(JobRun run) throws InterruptedException {
        try {
            return Await.result(run.report());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw CommandFailure.output(cause == null ? e.getMessage() : cause.getMessage(), cause);
        }
    }

    private void finish(RunReport report, Optional<Reduction> reduction) {
        try {
            writeEnd(report, reduction);
        } catch (IOException e) {
            throw CommandFailure.output(e.getMessage(), e);
        } finally {
            if (!output.quiet) {
                System.err.println(RunSummary.of(report, output.terminal()));
            }
            if (report.error() != null) {
                CommandErrors.tell(report.error());
            }
        }
    }

    /** Writes the report or the reduction. Even a failed run has a report, which may give the reason. */
    private void writeEnd(RunReport report, Optional<Reduction> reduction) throws IOException {
        boolean broken = report.ending() == EndReason.OUTPUT_FAILED;
        if (output.json) {
            out.write(ReportJson.of(report));
            out.write('\n');
        } else if (reduction.isPresent() && !broken) {
            out.write((reduction.get().text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (output.json || !broken) {
            out.flush();
        }
    }

    private int exitCode(RunEnd ended) {
        if ((ended.report.ending() == EndReason.INTERRUPTED || ended.unsaved) && options.journal != null) {
            CommandErrors.tell(
                    "resume with: " + resume.command() + (resume.hides() ? " (replace *** with your secrets)" : ""));
        }
        return ExitCodes.of(ended.report, ended.signal, ended.unsaved);
    }
}
