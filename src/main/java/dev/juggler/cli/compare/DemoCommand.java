package dev.juggler.cli.compare;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.OutputOptions;
import dev.juggler.cli.command.ReservedFile;
import dev.juggler.cli.command.TemporaryFolders;
import dev.juggler.cli.command.Terminal;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.CandidateMeasurer;
import dev.juggler.compare.CandidateParser;
import dev.juggler.compare.ComparisonRun;
import dev.juggler.compare.InProcessMeasurer;
import dev.juggler.demo.DemoAlbum;
import dev.juggler.demo.DemoFiles;
import dev.juggler.demo.DemoSite;
import dev.juggler.demo.DemoWorkload;
import dev.juggler.engine.Await;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.report.Comparison;
import dev.juggler.report.FigureFormat;
import dev.juggler.report.MeasurementSetup;
import dev.juggler.report.ModelSummary;
import dev.juggler.report.ModelTime;
import dev.juggler.report.ModelTimesTable;
import dev.juggler.report.TableStyle;
import dev.juggler.report.page.ComparisonPage;
import dev.juggler.report.page.ComparisonPage.Part;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The command {@code demo}: runs the tutorials' workloads under every model, on a site and files of its own. */
public final class DemoCommand implements Command {
    private static final int WIDTH = 100;
    private final CommandParser parser;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable Path html;
    private List<Integer> numbers = List.of();

    public DemoCommand(CommandParser parser) {
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe(
                "Runs the tutorials' workloads under every model, against a demo site on this machine.",
                "Child processes start slowly; they run only workloads for which the tutorial timed them.",
                "Needs no network and no files; takes less than a minute.",
                "Prints tables and writes a page with a timeline of each model.");
        syntax.value(
                "--html",
                "FILE",
                Path.class,
                value -> html = value,
                "Write the page to this file. Default: a new temporary file.");
        syntax.arguments(
                0,
                "N",
                Integer.class,
                all -> numbers = all,
                "The workloads to run, counted from 1. Default: all of them.");
    }

    @Override
    public Integer call() throws Exception {
        List<DemoWorkload> workloads = workloads();
        Path page = html == null ? Files.createTempFile("juggler-demo-", ".html") : html;
        try (ReservedFile reserved = ReservedFile.at(page)) {
            runAll(workloads);
            reserved.write(ComparisonPage.of("Juggler's demo", "The tutorials' workloads", parts, List.of()));
        }
        System.out.println("Timelines of all models, as a page for a browser: " + page.toAbsolutePath());
        boolean clean = parts.stream().allMatch(part -> part.comparison().isClean());
        return clean ? ExitCodes.OK : ExitCodes.TASKS_FAILED;
    }

    private List<DemoWorkload> workloads() {
        List<DemoWorkload> all = DemoWorkload.all();
        for (int number : numbers) {
            if (number < 1 || number > all.size()) {
                throw CommandFailure.usage(
                        "there is no workload %d; choose from 1 to %d".formatted(number, all.size()));
            }
        }
        return numbers.isEmpty()
                ? all
                : numbers.stream().map(number -> all.get(number - 1)).toList();
    }

    private void runAll(List<DemoWorkload> workloads) throws Exception {
        Path folder = Files.createTempDirectory("juggler-demo-");
        Vertx vertx = Vertx.vertx(CommandVertx.options());
        try {
            DemoFiles files = DemoFiles.write(folder.resolve("files"));
            DemoSite site = Await.ioResult(DemoSite.start(vertx));
            Await.ioResult(DemoAlbum.writeList(vertx, site.origin(), files.folder()));
            warmUp(site);
            for (DemoWorkload workload : workloads) {
                show(
                        workload,
                        run(
                                workload.arguments(site.origin(), files.folder(), folder.resolve("out")),
                                workload.measuredSeconds("processes").isPresent()));
            }
            Await.ioResult(site.close());
        } finally {
            Await.ioResult(vertx.close());
            TemporaryFolders.delete(folder);
        }
    }

    /**
     * Runs each model's code once, so that the first workload does not pay for class loading and compilation. Child
     * processes would gain nothing from it.
     */
    private void warmUp(DemoSite site) throws Exception {
        run(List.of("fetch", site.origin() + "/site/a/{1..200}"), false);
        run(List.of("compute", "random-products", "1..5000"), false);
    }

    /** Runs the workload once under each model, with a timeline; more runs would make the demo too long. */
    private Comparison run(List<String> arguments, boolean processes) throws Exception {
        InnerJob job = RepeatedJob.parse(parser, "demo", arguments);
        int cores = Runtime.getRuntime().availableProcessors();
        List<Candidate> candidates = CandidateParser.all(OptionalInt.empty(), job.kind(), cores).stream()
                .filter(candidate -> processes || candidate.model() != ConcurrencyModel.PROCESSES)
                .toList();
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        RepeatedJob repeated = new RepeatedJob(job);
        try (CandidateMeasurer measurer = InProcessMeasurer.shared(repeated, CommandVertx::forJob, run -> {})) {
            for (Candidate candidate : candidates) {
                if (candidate.model() == ConcurrencyModel.THREADS) {
                    // An unmeasured run, so that the first model does not pay for compiling code that all models share.
                    measurer.measure(candidate, false);
                }
            }
            ComparisonRun comparisonRun = new ComparisonRun(candidates, measurer, ComparisonRun.ProgressListener.NONE);
            comparisonRun.run(0, 0, true);
            return new Comparison(
                    Comparison.SCHEMA,
                    job.description(),
                    LocalMachine.info(),
                    new MeasurementSetup(started, 0, false, measurer.memory()),
                    comparisonRun.results(),
                    comparisonRun.differences());
        }
    }

    private void show(DemoWorkload workload, Comparison comparison) {
        String python = "In Python: " + workload.python();
        String measured =
                workload.measuredLine().isEmpty() ? "" : "Measured in the tutorial: " + workload.measuredLine();
        parts.add(new Part(workload.title(), measured.isEmpty() ? python : python + ". " + measured, comparison));
        System.out.println(workload.title());
        System.out.println("  " + python);
        if (!measured.isEmpty()) {
            System.out.println("  " + measured);
        }
        Terminal terminal = new Terminal(OutputOptions.ColorChoice.auto);
        System.out.println(table(comparison).render(new TableStyle(WIDTH, terminal.interactive(), true)));
        comparison.differences().forEach(System.out::println);
    }

    private static ModelTimesTable table(Comparison comparison) {
        List<ModelSummary> rows = comparison.summaries();
        List<ModelTime> times = rows.stream()
                .map(row -> new ModelTime(
                        row.identity().model(),
                        row.identity().inFlight(),
                        comparison.tasks(),
                        row.medianSeconds(),
                        row.failed()))
                .toList();
        return ModelTimesTable.of(times)
                .with(
                        "p95 ms",
                        time -> FigureFormat.millis(row(rows, time).taskMs().p95()))
                .with(
                        "CPU s",
                        time -> FigureFormat.fixed(row(rows, time).resources().cpuSeconds(), 2));
    }

    private static ModelSummary row(List<ModelSummary> rows, ModelTime time) {
        return rows.stream()
                .filter(row -> row.identity().model().equals(time.model()))
                .findFirst()
                .orElseThrow();
    }
}
