package dev.juggler.cli.compare;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.ReservedFile;
import dev.juggler.cli.command.SettingsFile;
import dev.juggler.report.TableStyle;
import dev.juggler.report.page.ChartFormat;
import dev.juggler.tune.ConcurrencyMeasurer;
import dev.juggler.tune.KneeFinder;
import dev.juggler.tune.TrialRuns;
import dev.juggler.tune.TuningResult;
import dev.juggler.tune.TuningStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command {@code tune}: finds the concurrency beyond which a job gains no throughput. */
public final class TuneCommand implements Command {
    private static final int WIDTH = 80;

    private final CommandTail tail;
    private final CommandParser parser;

    private int max;
    private int repeat;
    private boolean json;
    private @Nullable Path chart;
    private boolean write;
    private boolean quiet;

    public TuneCommand(CommandTail tail, CommandParser parser) {
        this.tail = tail;
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe(
                "Finds the concurrency beyond which throughput stops growing, by running the job.",
                "Each input may be processed many times.");
        syntax.synopsis("juggler tune [OPTIONS] -- fetch|compute|exec ...");
        syntax.footer(
                "",
                "  juggler tune -- fetch -i urls.txt",
                "  juggler tune --chart curve.svg -- fetch -i urls.txt",
                "  juggler tune --max 32 --write -- exec -m async 1..100 -- ./convert {}");
        syntax.value(
                "--max",
                "N",
                Integer.class,
                value -> max = value,
                "Highest concurrency to try. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--repeat",
                "R",
                Integer.class,
                value -> repeat = value,
                "Minimum measurements of each concurrency. Default: ${DEFAULT-VALUE}.");
        syntax.flag("--json", on -> json = on, "Write one report in JSON to stdout instead of the table.");
        syntax.value(
                "--chart",
                "FILE.svg|png",
                Path.class,
                value -> chart = value,
                "Draw a chart of throughput and latency.");
        syntax.flag("--write", on -> write = on, "Write the model and the chosen concurrency to conf/juggler.json.");
        syntax.flag("-q, --quiet", on -> quiet = on, "Print only errors to stderr.");
    }

    @Override
    public Integer call() throws Exception {
        if (max < 2) {
            throw CommandFailure.usage("--max must be at least 2, not " + max + ": one value leaves no choice");
        }
        if (repeat < 1) {
            throw CommandFailure.usage("--repeat must be at least 1, not " + repeat);
        }
        if (chart != null && ChartFormat.of(chart.toString()).isEmpty()) {
            throw CommandFailure.usage("--chart writes .svg and .png files, not " + chart);
        }
        TuningJob job = TuningJob.parse(parser, tail.command());
        try (job) {
            job.verify();
            return tune(job);
        }
    }

    private int tune(TuningJob job) throws IOException {
        try (SettingsFile settings = write ? SettingsFile.reserve() : null;
                ReservedFile drawing = chart == null ? null : ReservedFile.at(chart)) {
            return tune(job, settings, drawing);
        }
    }

    private int tune(TuningJob job, @Nullable SettingsFile settings, @Nullable ReservedFile drawing)
            throws IOException {
        report("tune runs the " + job.kind() + " job repeatedly until the measurements suffice");
        InterruptHandler signals = InterruptHandler.handle(this::report);
        try {
            return finish(job, find(job, signals), settings, drawing);
        } catch (InterruptedException e) {
            CommandErrors.tell("interrupted before a concurrency was chosen; nothing was written");
            return ExitCodes.SIGNAL + signals.last();
        }
    }

    private TuningResult find(TuningJob job, InterruptHandler signals) throws InterruptedException {
        TrialRuns trials = new TrialRuns((concurrency, results) -> job.start(concurrency, results, signals));
        return new KneeFinder(max, repeat, interruptible(trials, signals), this::report).find();
    }

    /** Decorates a measurer to throw {@link InterruptedException} after a signal. */
    private static ConcurrencyMeasurer interruptible(ConcurrencyMeasurer measurer, InterruptHandler signals) {
        return new ConcurrencyMeasurer() {
            @Override
            public TuningStep measure(int concurrency) throws InterruptedException {
                TuningStep step = measurer.measure(concurrency);
                if (signals.last() != 0) {
                    throw new InterruptedException();
                }
                return step;
            }

            @Override
            public boolean takesLong() {
                return measurer.takesLong();
            }
        };
    }

    private int finish(
            TuningJob job, TuningResult tuning, @Nullable SettingsFile settings, @Nullable ReservedFile drawing)
            throws IOException {
        if (json) {
            System.out.println(TuningOutput.json(job.kind(), job.model(), tuning));
        } else {
            System.out.print(TuningOutput.table(tuning, new TableStyle(WIDTH, false, true)));
            System.out.println(TuningOutput.sentence(job.model(), tuning));
        }
        if (tuning.choice() == 0) {
            return ExitCodes.TASKS_FAILED;
        }
        if (drawing != null && chart != null) {
            drawing.write(TuningOutput.chart(job.kind(), job.model(), tuning, chart));
        }
        if (settings != null) {
            settings.write(job.kind(), job.model().id(), tuning.choice());
            report("wrote model and concurrency of " + job.kind() + " to " + settings.path());
        }
        return ExitCodes.OK;
    }

    private void report(TuningStep step) {
        report(String.format(
                Locale.ROOT, "concurrency %d: %.1f tasks per second", step.concurrency(), step.tasksPerSecond()));
    }

    private void report(String line) {
        if (!quiet) {
            CommandErrors.tell(line);
        }
    }
}
