package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.cli.run.InputSpool;
import dev.juggler.engine.Engine;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.engine.PreparedJob;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.tune.RepeatingSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The job behind {@code tune --}, to be run under one concurrency after another over inputs that do not end. */
final class TuningJob implements AutoCloseable {
    /** What makes no sense for a job that is run many times, and why. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("--concurrency", "tune finds it"),
            Map.entry("--max", "give it to tune itself"),
            Map.entry("--output-dir", "each body would be saved many times"),
            Map.entry("--journal", "these runs are not gone on with"),
            Map.entry("--rate", "it would be measured instead of the job"),
            Map.entry("--deadline", "tune ends each run itself"),
            Map.entry("--halt", "tune ends each run itself"),
            Map.entry("--dry-run", "tune has to run the job"),
            Map.entry("--json", "its results are not shown; give it to tune itself"),
            Map.entry("--jsonl", "its results are not shown"),
            Map.entry("--reduce", "its results are not shown"));

    private final InnerJob job;
    private final InputSpool spool = new InputSpool();
    private Vertx vertx;

    private TuningJob(InnerJob job) {
        this.job = job;
    }

    /** The job of these words; a mistake in them, or what cannot be tuned, is a usage error. */
    static TuningJob parse(CommandParser parser, List<String> words) {
        InnerJob job = InnerJob.parse(parser, "tune", words, REFUSED);
        if (job.model() == null) {
            throw CommandFailure.usage("tune tunes one model: name it with -m instead of auto");
        }
        if (job.model() == ConcurrencyModel.SEQUENTIAL) {
            throw CommandFailure.usage("the sequential model does one task at a time: there is nothing to tune");
        }
        return new TuningJob(job);
    }

    /** The command: fetch, compute or exec. */
    String kind() {
        return job.kind();
    }

    ConcurrencyModel model() {
        return job.model();
    }

    /** Opens the inputs and prepares the work once, so that what is wrong with them is told before anything runs. */
    void check() throws IOException {
        spool.replaceIn(job.lists());
        PreparedJob prepared = prepared(1);
        prepared.source().close();
        prepared.work().close();
        vertx = CommandVertx.forJob(prepared.job());
    }

    /** Starts it; signals are for it from now on. */
    JobRun start(int concurrency, OutcomeHandler results, InterruptHandler signals) {
        try {
            PreparedJob prepared = prepared(concurrency);
            RepeatingSource source = new RepeatingSource(prepared.source());
            JobRun run = new Engine(vertx)
                    .job(prepared.job())
                    .inputs(source)
                    .work(prepared.work())
                    .results(results)
                    .start();
            signals.govern(run);
            return run;
        } catch (IOException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private PreparedJob prepared(int concurrency) throws IOException {
        return job.prepare(job.model(), concurrency, UnaryOperator.identity());
    }

    @Override
    public void close() throws IOException {
        if (vertx != null) {
            CommandVertx.close(vertx);
        }
        spool.close();
    }
}
