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
import dev.juggler.job.WorkFingerprint;
import dev.juggler.report.Comparison;
import dev.juggler.report.FigureFormat;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The command {@code demo}. */
public final class DemoCommand implements Command {
    private final CommandParser parser;
    private static final int WIDTH = 100;

    private Path html;
    private List<Integer> numbers = List.of();

    public DemoCommand(CommandParser parser) {
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe(
                "Runs the tutorials' workloads under every model, against a site of its own on this machine.",
                "Child processes, which take long to start, run those of which the tutorial timed its own.",
                "Needs no network and no files of yours; takes less than a minute.",
                "Prints tables, and makes a page that shows what each model did.");
        syntax.value(
                "--html",
                "FILE",
                Path.class,
                value -> html = value,
                "Where the page goes that shows all of it. Default: a new file among the temporary ones.");
        syntax.arguments(
                0,
                "N",
                Integer.class,
                all -> numbers = all,
                "The workloads to run, counted from 1. Default: all of them.");
    }

    private final List<Part> parts = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<DemoWorkload> workloads = workloads();
        Path page = html == null ? Files.createTempFile("juggler-demo-", ".html") : html;
        try (ReservedFile reserved = ReservedFile.at(page)) {
            runAll(workloads);
            reserved.write(ComparisonPage.of("Juggler's demo", "The tutorials' workloads", parts, List.of()));
        }
        System.out.println("What each model did meanwhile, as a page for a browser: " + page.toAbsolutePath());
        boolean clean = parts.stream().allMatch(part -> part.comparison().isClean());
        return clean ? ExitCodes.OK : ExitCodes.TASKS_FAILED;
    }

    private List<DemoWorkload> workloads() {
        List<DemoWorkload> all = DemoWorkload.all();
        for (int number : numbers) {
            if (number < 1 || number > all.size()) {
                throw CommandFailure.usage("there are workloads 1 to %d, and no %d".formatted(all.size(), number));
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

    /** Each model's own code: without it the first would pay for the JVM's learning. Child processes learn nothing of it. */
    private void warmUp(DemoSite site) throws Exception {
        run(List.of("fetch", site.origin() + "/site/a/{1..200}"), false);
        run(List.of("compute", "random-products", "1..5000"), false);
    }

    /** One run of each model, measured and pictured at once: there is no time for more. */
    private Comparison run(List<String> arguments, boolean processes) throws Exception {
        InnerJob job = RepeatedJob.parse(parser, "demo", arguments);
        int cores = Runtime.getRuntime().availableProcessors();
        List<Candidate> contenders = CandidateParser.all(OptionalInt.empty(), job.kind(), cores).stream()
                .filter(contender -> processes || contender.model() != ConcurrencyModel.PROCESSES)
                .toList();
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        RepeatedJob repeated = new RepeatedJob(job);
        try (CandidateMeasurer measurer = InProcessMeasurer.shared(repeated, CommandVertx::forJob, run -> {})) {
            for (Candidate contender : contenders) {
                if (contender.model() == ConcurrencyModel.THREADS) {
                    // Once that does not count, or the first model would pay for compiling what all of them call.
                    measurer.measure(contender, false);
                }
            }
            ComparisonRun contest = new ComparisonRun(contenders, measurer, ComparisonRun.ProgressListener.NONE);
            contest.run(0, 0, true);
            return new Comparison(
                    Comparison.SCHEMA,
                    job.text(),
                    job.kind(),
                    WorkFingerprint.of(job.work()),
                    LocalMachine.described(),
                    started,
                    0,
                    false,
                    measurer.memory(),
                    contest.results(),
                    contest.differences());
        }
    }

    private void show(DemoWorkload workload, Comparison comparison) {
        String python = "In Python: " + workload.python();
        String measured = workload.measuredLine().isEmpty() ? "" : "The tutorial measured: " + workload.measuredLine();
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
        Map<String, ModelSummary> rows = new HashMap<>();
        comparison.summaries().forEach(row -> rows.put(row.model(), row));
        List<ModelTime> times = comparison.summaries().stream()
                .map(row -> new ModelTime(
                        row.model(),
                        row.inFlight(),
                        comparison.tasks(),
                        row.seconds().median(),
                        row.failed()))
                .toList();
        return ModelTimesTable.of(times)
                .with(
                        "p95 ms",
                        time -> FigureFormat.millis(rows.get(time.model()).p95()))
                .with("CPU s", time -> FigureFormat.fixed(rows.get(time.model()).cpuSeconds(), 2));
    }
}
