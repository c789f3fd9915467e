package dev.juggler.coordinator;

import dev.juggler.job.Task;
import dev.juggler.source.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/** Reads pages of inputs ahead of their use, one at a time, on a thread of its own: a source may block. */
final class InputPrefetcher {
    static final int PAGE = 4096;
    private final WorkerExecutor reader;
    private final Source source;
    private boolean reading;
    private boolean exhausted;

    InputPrefetcher(Vertx vertx, String job, Source source) {
        this.reader = vertx.createSharedWorkerExecutor("juggler-input-" + job, 1, Long.MAX_VALUE);
        this.source = source;
    }

    /** The next page; an empty one is the end. It is told when this has taken note of it. */
    Future<List<Task>> read() {
        reading = true;
        // Not ordered: that would be one queue for all that blocks for this verticle, and a silent pipe would hold up
        // the writing of outcomes.
        // Composed, since a system that has no thread left for the reader throws an error here.
        return Future.succeededFuture()
                .compose(any -> reader.executeBlocking(() -> source.next(PAGE), false))
                .andThen(page -> {
                    reading = false;
                    exhausted = page.failed() || page.result().isEmpty();
                });
    }

    boolean idle() {
        return !reading && !exhausted;
    }

    boolean exhausted() {
        return exhausted;
    }

    /** Lets the thread go; a read that is under way may stay blocked on it. */
    void close() {
        reader.close();
    }
}
