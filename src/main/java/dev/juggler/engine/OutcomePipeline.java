package dev.juggler.engine;

import dev.juggler.coordinator.OutcomeSink;
import dev.juggler.job.Outcome;
import dev.juggler.journal.Journal;
import dev.juggler.report.OutcomeTally;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes outcomes on its own thread: first to the journal, then to the result handler. */
final class OutcomePipeline implements OutcomeSink {
    private final Vertx vertx;
    private final WorkerExecutor writer;
    private final Optional<Journal> journal;
    private final OutcomeHandler results;
    private final OutcomeTally tally = new OutcomeTally();

    OutcomePipeline(Vertx vertx, String job, Optional<Journal> journal, OutcomeHandler results) {
        this.vertx = vertx;
        this.writer = vertx.createSharedWorkerExecutor("juggler-output-" + job, 1, 1, TimeUnit.DAYS);
        this.journal = journal;
        this.results = results;
    }

    @Override
    public Future<Void> write(List<Outcome> arrived, List<Outcome> released) {
        // Composed, because this throws an error when the system has no thread left for the writer.
        Future<Void> written = Future.succeededFuture().compose(any -> writeOnThread(arrived, released));
        Context caller = Vertx.currentContext();
        return caller == null || caller.owner() == vertx ? written : backOn(caller, written);
    }

    private Future<Void> writeOnThread(List<Outcome> arrived, List<Outcome> released) {
        // Not ordered, or it would queue behind a blocking read of inputs. The single thread keeps the order.
        return writer.executeBlocking(
                () -> {
                    writeNow(arrived, released);
                    return null;
                },
                false);
    }

    /** Completes on the caller's context: a coordinator on another Vert.x must not continue on this one's threads. */
    private static Future<Void> backOn(Context caller, Future<Void> written) {
        return Future.future(promise ->
                written.onComplete(ended -> caller.runOnContext(ignored -> promise.complete(null, ended.cause()))));
    }

    private void writeNow(List<Outcome> arrived, List<Outcome> released) throws IOException {
        if (journal.isPresent()) {
            journal.get().append(arrived);
        }
        tally.add(arrived);
        results.accept(released);
    }

    OutcomeTally tally() {
        return tally;
    }

    Future<Void> close() {
        return writer.<Void>executeBlocking(
                        () -> {
                            if (journal.isPresent()) {
                                journal.get().close();
                            }
                            return null;
                        },
                        false)
                .eventually(writer::close);
    }
}
