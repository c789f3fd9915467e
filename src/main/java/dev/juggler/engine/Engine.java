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
 * codec there under a name of its own and leaves the codec selector alone. Methods may be called from any thread.
 */
public final class Engine {
    private final Vertx vertx;

    /** An engine on this Vert.x, which stays the caller's to close; best after its runs have ended. */
    public Engine(Vertx vertx) {
        this.vertx = vertx;
        BusMessageCodec.register(vertx.eventBus());
    }

    /** Begins to describe a run of this job, which needs its inputs and its work before it can start. */
    public RunBuilder job(Job job) {
        return new RunBuilder(vertx, job);
    }

    /** Begins to describe a run of this job with its inputs and its work. */
    public RunBuilder job(PreparedJob prepared) {
        return job(prepared.job()).inputs(prepared.source()).work(prepared.work());
    }

    /** The model that a run which chooses its model begins with, for this kind of work. */
    public static ConcurrencyModel firstModel(WorkKind kind) {
        return ModelSelector.first(kind);
    }

    /** The concurrency that a run which chooses its model begins with, where the user names none. */
    public static int firstConcurrency(WorkKind kind) {
        return ModelSelector.firstConcurrency(kind, Runtime.getRuntime().availableProcessors());
    }
}
