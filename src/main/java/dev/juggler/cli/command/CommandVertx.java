package dev.juggler.cli.command;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.JobVertxOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Creates and closes the Vert.x of a command that runs one job. */
public final class CommandVertx {
    private CommandVertx() {}

    /** Event loops for coordinator, caller and a first worker, and a dozen for functions that block theirs. */
    private static final int LOOPS_TO_BLOCK = 16;

    private static final long CLOSING_MILLIS = 300;

    /**
     * Creates a Vert.x; with one event loop if the job never blocks it: coordinator and worker then share its thread.
     */
    public static Vertx forJob(Job job) {
        return forJob(job, false);
    }

    /**
     * Creates a Vert.x for a job.
     *
     * @param choosing whether the job may change its model
     */
    public static Vertx forJob(Job job, boolean choosing) {
        boolean async = choosing || job.model() == ConcurrencyModel.ASYNC;
        boolean blocks = async && job.work().kind().callsFunctions();
        return Vertx.vertx(options().setEventLoopPoolSize(blocks ? LOOPS_TO_BLOCK : 1));
    }

    /**
     * Closes Vert.x and waits until it is closed. A JVM that exits earlier gives each event loop 300 ms to leave the
     * kernel, while closing takes a few. Functions that block may delay it, up to {@link #CLOSING_MILLIS}.
     */
    public static void close(Vertx vertx) {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Returns the options of every Vert.x of a command. */
    public static VertxOptions options() {
        return JobVertxOptions.options();
    }
}
