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
 * The event loops that serve the blocking workers of a job: one per processor, because TLS is decrypted on them. They
 * belong to a separate Vert.x instance, so the coordinator's loop stays free. Safe for use by any thread.
 */
final class BlockingFetchLoops implements AutoCloseable {
    private final FetchPlan plan;
    private final Vertx vertx;
    private final HttpClientAgent client;
    private final ReadSizes sizes;

    BlockingFetchLoops(FetchPlan plan) {
        this.plan = plan;
        // On another thread, because Vert.x warns when an instance is created on a thread of another one.
        this.vertx = CompletableFuture.supplyAsync(() -> Vertx.vertx(options())).join();
        this.client = AsyncFetch.client(plan, vertx);
        this.sizes = new ReadSizes(plan.bandwidth() == null);
    }

    private static VertxOptions options() {
        return JobVertxOptions.options()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }

    /** Opens a session with connections of its own on one of the loops. Blocks until it is open. */
    FetchLoop open() {
        // The public method binds each thread to one loop, and the workers' threads belong to another Vert.x instance.
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        CompletableFuture<FetchLoop> opened = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            try {
                opened.complete(new FetchLoop(plan, vertx, client, sizes));
            } catch (RuntimeException | Error e) {
                opened.completeExceptionally(e);
            }
        });
        return opened.join();
    }

    /** Closes the loops and all their connections, without waiting for that. */
    @Override
    public void close() {
        vertx.close();
    }
}
