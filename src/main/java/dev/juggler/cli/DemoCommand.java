package dev.juggler.cli;

import dev.juggler.demo.DemoAlbum;
import dev.juggler.demo.DemoFiles;
import dev.juggler.demo.DemoSite;
import dev.juggler.demo.DemoWorkload;
import dev.juggler.engine.Engine;
import dev.juggler.engine.PreparedJob;
import dev.juggler.engine.Results;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.report.ModelTime;
import dev.juggler.report.RunReport;
import dev.juggler.report.TableStyle;
import dev.juggler.report.TimesTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Runs the tutorials' workloads under every model, against a site of its own on this machine.",
            "Needs no network and no files of yours; takes less than a minute."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private int failed;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("juggler-demo-");
        Vertx vertx = Vertx.vertx(Vertxes.options());
        try {
            DemoFiles files = DemoFiles.write(folder.resolve("files"));
            DemoSite site = await(DemoSite.start(vertx));
            await(DemoAlbum.writeList(vertx, site.origin(), files.folder()));
            warmUp(site);
            for (DemoWorkload workload : DemoWorkload.all()) {
                show(workload, times(workload, site, files, folder));
            }
            await(site.close());
        } finally {
            await(vertx.close());
            Folders.delete(folder);
        }
        return failed == 0 ? ExitCodes.OK : ExitCodes.TASKS_FAILED;
    }

    /** Each model's own code: without it the first would pay for the JVM's learning, and the others would gain from it. */
    private void warmUp(DemoSite site) throws Exception {
        for (ConcurrencyModel model : ConcurrencyModel.values()) {
            run(List.of("fetch", site.origin() + "/site/a/{1..200}"), model);
            run(List.of("compute", "random-products", "1..5000"), model);
        }
    }

    private List<ModelTime> times(DemoWorkload workload, DemoSite site, DemoFiles files, Path folder) throws Exception {
        List<ModelTime> times = new ArrayList<>();
        // Once that does not count, or the first model would pay for compiling what all of them call.
        Path trial = Files.createTempDirectory(folder, "trial");
        run(workload.arguments(site.origin(), files.folder(), trial), ConcurrencyModel.THREADS);
        for (ConcurrencyModel model : ConcurrencyModel.values()) {
            Path out = Files.createTempDirectory(folder, model.id());
            RunReport report = run(workload.arguments(site.origin(), files.folder(), out), model);
            long bad = report.counts().unsuccessful();
            failed += (int) bad;
            times.add(new ModelTime(
                    model.id(), report.concurrency(), report.counts().done(), report.seconds(), bad));
        }
        return times;
    }

    private static RunReport run(List<String> arguments, ConcurrencyModel model) throws Exception {
        PreparedJob prepared = Main.parse(arguments).prepared(model);
        Job job = prepared.job();
        Vertx vertx = Vertxes.forJob(job);
        try {
            return await(new Engine(vertx)
                    .run(job, prepared.source(), prepared.work(), Results.NONE)
                    .report());
        } finally {
            await(vertx.close());
        }
    }

    private static void show(DemoWorkload workload, List<ModelTime> times) {
        System.out.println(workload.title());
        System.out.println("  in Python: " + workload.python());
        if (!workload.measuredLine().isEmpty()) {
            System.out.println("  the tutorial measured: " + workload.measuredLine());
        }
        Terminal terminal = new Terminal(OutputOptions.ColorChoice.auto);
        TableStyle style = new TableStyle(WIDTH, terminal.interactive(), true);
        System.out.println(TimesTable.of(times).render(style));
    }

    private static <T> T await(Future<T> future) throws InterruptedException, IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
