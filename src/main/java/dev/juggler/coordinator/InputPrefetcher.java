package dev.juggler.coordinator;

import dev.juggler.job.Task;
import dev.juggler.source.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads pages of inputs ahead of their use, one at a time, on a thread of its own, since a source may block. */
final class InputPrefetcher {
    /** The largest number of inputs on a page. */
    static final int PAGE = 4096;

    private final Supplier<Vertx> vertx;
    private final String job;
    private final Source source;
    private @Nullable WorkerExecutor reader;
    private boolean reading;
    private boolean exhausted;

    /**
     * Creates a prefetcher that has read nothing.
     *
     * @param vertx the Vert.x whose thread reads; called at the first read
     */
    InputPrefetcher(Supplier<Vertx> vertx, String job, Source source) {
        this.vertx = vertx;
        this.job = job;
        this.source = source;
    }

    /**
     * Reads the next page; an empty one is the end. Completes on the caller's context, after {@link #isIdle} is up to
     * date.
     */
    Future<List<Task>> read() {
        reading = true;
        // Not ordered: ordered blocks of this verticle share one queue, in which a silent pipe would delay the writing
        // of outcomes. Inside compose, because a system without a thread for the reader throws an error here.
        return Future.succeededFuture()
                .compose(any -> reader().executeBlocking(() -> source.next(PAGE), false))
                .andThen(page -> {
                    reading = false;
                    exhausted = page.failed() || page.result().isEmpty();
                });
    }

    private WorkerExecutor reader() {
        WorkerExecutor current = reader;
        if (current == null) {
            current = vertx.get().createSharedWorkerExecutor("juggler-input-" + job, 1, Long.MAX_VALUE);
            reader = current;
        }
        return current;
    }

    /** Returns whether another page can be read. */
    boolean isIdle() {
        return !reading && !exhausted;
    }

    /** Returns whether the source has ended or failed. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Releases the thread; a read that is under way may still block it. */
    void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
