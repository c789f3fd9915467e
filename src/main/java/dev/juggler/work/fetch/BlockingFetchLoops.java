package dev.juggler.work.fetch;

import dev.juggler.work.JobVertxOptions;
import dev.juggler.work.fetch.http.ReadSizes;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletableFuture;

/**
 * The event loops that serve the workers of a job whose threads block. They are not the ones the job is coordinated on:
 * those stay free for it, and these are as many as there are processors to decipher on. Safe for use by any thread.
 */
final class BlockingFetchLoops implements AutoCloseable {
    private final FetchPlan plan;
    private final Vertx vertx;
    private final HttpClientAgent client;
    private final ReadSizes sizes;

    BlockingFetchLoops(FetchPlan plan) {
        this.plan = plan;
        // Vert.x warns whoever makes one on a thread of another; here it is meant.
        this.vertx = CompletableFuture.supplyAsync(() -> Vertx.vertx(options())).join();
        this.client = AsyncFetch.client(plan, vertx);
        this.sizes = new ReadSizes(plan.bandwidth() == null);
    }

    private static VertxOptions options() {
        return JobVertxOptions.options()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }

    /** A session with connections of its own, on one of the loops. Waits for it. */
    FetchLoop open() {
        // The public way gives each thread one loop for good, and the workers' threads are another Vert.x's.
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        CompletableFuture<FetchLoop> opened = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            try {
                opened.complete(new FetchLoop(plan, vertx, client, sizes));
            } catch (RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        return opened.join();
    }

    /** Ends the loops and all their connections; does not wait for it. */
    @Override
    public void close() {
        vertx.close();
    }
}
