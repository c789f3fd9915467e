package dev.juggler.cli.command;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.JobVertxOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** The Vert.x of a command that runs one job and ends. */
public final class CommandVertx {
    private CommandVertx() {}

    /** What coordinator, caller and a first worker need, and a dozen for functions that are stuck on theirs. */
    private static final int LOOPS_TO_BLOCK = 16;

    private static final long CLOSING_MILLIS = 300;

    /**
     * One event loop where the job never blocks it: coordinator and worker then hand over without waking a thread.
     */
    public static Vertx forJob(Job job) {
        return forJob(job, false);
    }

    /** The same for a job that may change its model. */
    public static Vertx forJob(Job job, boolean choosing) {
        boolean async = choosing || job.model() == ConcurrencyModel.ASYNC;
        boolean blocks = async && job.work().kind().callsFunctions();
        return Vertx.vertx(options().setEventLoopPoolSize(blocks ? LOOPS_TO_BLOCK : 1));
    }

    /**
     * Closes it and waits for that: a JVM that exits meanwhile gives each event loop 300 ms to come out of the kernel, while
     * closing takes a few. Functions that are stuck may hold it up, but not for longer than {@link #CLOSING_MILLIS}.
     */
    public static void close(Vertx vertx) {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** What every Vert.x here is made with. */
    public static VertxOptions options() {
        return JobVertxOptions.options();
    }
}
