package dev.juggler.engine;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.job.WorkKind;
import io.vertx.core.Vertx;

/**
 * Runs jobs on a Vert.x.
 *
 * <pre>{@code
 * JobRun run = new Engine(vertx).job(job).inputs(source).work(work).start();
 * }</pre>
 *
 * <p>Several engines may share one Vert.x, and an application may use its event bus as before: an engine registers a
 * codec under its own name and does not set the codec selector. Methods may be called from any thread.
 */
public final class Engine {
    private final Vertx vertx;

    /** Makes an engine on a Vert.x that the caller closes, best after the engine's runs have ended. */
    public Engine(Vertx vertx) {
        this.vertx = vertx;
        BusMessageCodec.register(vertx.eventBus());
    }

    /** Returns a builder for a run of a job, which needs inputs and work before it can start. */
    public RunBuilder job(Job job) {
        return new RunBuilder(vertx, job);
    }

    /** Returns a builder for a run of a job with its inputs and its work. */
    public RunBuilder job(PreparedJob prepared) {
        return job(prepared.job()).inputs(prepared.source()).work(prepared.work());
    }

    /** Returns the initial model of a run that chooses its model, for a kind of work. */
    public static ConcurrencyModel firstModel(WorkKind kind) {
        return ModelSelector.first(kind);
    }

    /** Returns the initial concurrency of a run that chooses its model, when the user sets none. */
    public static int firstConcurrency(WorkKind kind) {
        return ModelSelector.firstConcurrency(kind, Runtime.getRuntime().availableProcessors());
    }
}
