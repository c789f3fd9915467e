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
import org.jspecify.annotations.Nullable;

/** The job after {@code tune --}, run with one concurrency after another over endlessly repeated inputs. */
final class TuningJob implements AutoCloseable {
    /** Options that a tuned job must not have, with the reasons. */
    private static final Map<String, String> REJECTED = Map.ofEntries(
            Map.entry("--concurrency", "tune finds it"),
            Map.entry("--max", "put it before the '--'"),
            Map.entry("--output-dir", "each body would be saved many times"),
            Map.entry("--journal", "its runs cannot be resumed"),
            Map.entry("--rate", "tune would measure the rate limit instead of the job"),
            Map.entry("--deadline", "tune ends each run itself"),
            Map.entry("--halt", "tune ends each run itself"),
            Map.entry("--dry-run", "the job has to run"),
            Map.entry("--json", "its results are not shown; for a report of tune put it before the '--'"),
            Map.entry("--jsonl", "its results are not shown"),
            Map.entry("--reduce", "its results are not shown"));

    private final InnerJob job;
    private final ConcurrencyModel model;
    private final InputSpool spool = new InputSpool();
    private @Nullable Vertx vertx;

    private TuningJob(InnerJob job, ConcurrencyModel model) {
        this.job = job;
        this.model = model;
    }

    /** Parses the job; a mistake in it, or a job that cannot be tuned, is a usage error. */
    static TuningJob parse(CommandParser parser, @Nullable List<String> words) {
        InnerJob job = InnerJob.parse(parser, "tune", words, REJECTED);
        ConcurrencyModel model = job.model();
        if (model == null) {
            throw CommandFailure.usage("tune needs one model; name it with -m instead of auto");
        }
        if (model == ConcurrencyModel.SEQUENTIAL) {
            throw CommandFailure.usage("the sequential model runs one task at a time; there is nothing to tune");
        }
        return new TuningJob(job, model);
    }

    /** The kind of work: fetch, compute or exec. */
    String kind() {
        return job.kind();
    }

    ConcurrencyModel model() {
        return model;
    }

    /** Opens the inputs and prepares the work once, so that mistakes are reported before anything runs. */
    void verify() throws IOException {
        spool.replaceIn(job.lists());
        PreparedJob prepared = prepare(1);
        prepared.source().close();
        prepared.work().close();
        vertx = CommandVertx.forJob(prepared.job());
    }

    /**
     * Starts a run, which signals stop from now on.
     *
     * @throws IllegalStateException if the job has not been verified
     */
    JobRun start(int concurrency, OutcomeHandler results, InterruptHandler signals) {
        Vertx vertx = this.vertx;
        if (vertx == null) {
            throw new IllegalStateException("the job has not been verified");
        }
        try {
            PreparedJob prepared = prepare(concurrency);
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

    private PreparedJob prepare(int concurrency) throws IOException {
        return job.prepare(model, concurrency, UnaryOperator.identity());
    }

    @Override
    public void close() throws IOException {
        if (vertx != null) {
            CommandVertx.close(vertx);
        }
        spool.close();
    }
}
