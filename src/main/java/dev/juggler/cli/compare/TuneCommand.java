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

/** The command {@code tune}. */
public final class TuneCommand implements Command {
    private static final int WIDTH = 80;

    private final CommandTail tail;
    private final CommandParser parser;

    private int max;
    private int repeat;
    private boolean json;
    private Path chart;
    private boolean write;
    private boolean quiet;

    public TuneCommand(CommandTail tail, CommandParser parser) {
        this.tail = tail;
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe(
                "Finds the concurrency beyond which more gains nothing, by running the job.",
                "Each input may be done many times, as long as it takes to know.");
        syntax.synopsis("juggler tune [OPTIONS] -- fetch|compute|exec ...");
        syntax.footer(
                "",
                "  juggler tune -- fetch -i urls.txt",
                "  juggler tune --chart curve.svg -- fetch -i urls.txt",
                "  juggler tune --max 32 --write -- exec -m async 1..100 -- ./convert {}");
        syntax.value("--max", "N", Integer.class, value -> max = value, "The most to try. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--repeat",
                "R",
                Integer.class,
                value -> repeat = value,
                "How often each concurrency is measured at least. Default: ${DEFAULT-VALUE}.");
        syntax.flag("--json", on -> json = on, "Write one report in JSON to stdout instead of the table.");
        syntax.value(
                "--chart", "FILE.svg|png", Path.class, value -> chart = value, "Draw throughput and times as a chart.");
        syntax.flag("--write", on -> write = on, "Write model and choice into conf/juggler.json.");
        syntax.flag("-q, --quiet", on -> quiet = on, "Nothing on stderr but errors.");
    }

    @Override
    public Integer call() throws Exception {
        if (max < 2) {
            throw CommandFailure.usage("--max is at least 2, not " + max + ": there is nothing to choose from one");
        }
        if (repeat < 1) {
            throw CommandFailure.usage("--repeat is at least 1, not " + repeat);
        }
        if (chart != null && ChartFormat.of(chart.toString()) == null) {
            throw CommandFailure.usage("--chart draws .svg and .png: name such a file, not " + chart);
        }
        TuningJob job = TuningJob.parse(parser, tail.command());
        try (job) {
            job.check();
            return tune(job);
        }
    }

    private int tune(TuningJob job) throws IOException {
        try (SettingsFile settings = write ? SettingsFile.toBeWritten() : null;
                ReservedFile drawing = chart == null ? null : ReservedFile.at(chart)) {
            return tune(job, settings, drawing);
        }
    }

    private int tune(TuningJob job, SettingsFile settings, ReservedFile drawing) throws IOException {
        tell("tune does the inputs of " + job.kind() + " again and again, until it knows enough");
        InterruptHandler signals = InterruptHandler.handle(this::tell);
        try {
            return finish(job, find(job, signals), settings, drawing);
        } catch (InterruptedException e) {
            CommandErrors.tell("interrupted before the choice was made: nothing is written");
            return ExitCodes.SIGNAL + signals.last();
        }
    }

    private TuningResult find(TuningJob job, InterruptHandler signals) throws InterruptedException {
        TrialRuns trials = new TrialRuns((concurrency, results) -> job.start(concurrency, results, signals));
        return new KneeFinder(max, repeat, stoppedBy(signals, trials), this::tell).find();
    }

    private static ConcurrencyMeasurer stoppedBy(InterruptHandler signals, ConcurrencyMeasurer measurer) {
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

    private int finish(TuningJob job, TuningResult tuning, SettingsFile settings, ReservedFile drawing)
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
        if (drawing != null) {
            drawing.write(TuningOutput.chart(job.kind(), job.model(), tuning, chart));
        }
        if (settings != null) {
            settings.write(job.kind(), job.model().id(), tuning.choice());
            tell("wrote model and concurrency of " + job.kind() + " into " + settings.path());
        }
        return ExitCodes.OK;
    }

    private void tell(TuningStep step) {
        tell(String.format(
                Locale.ROOT, "%d at a time: %.1f tasks a second", step.concurrency(), step.tasksPerSecond()));
    }

    private void tell(String line) {
        if (!quiet) {
            CommandErrors.tell(line);
        }
    }
}
