package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CancellationException;

/**
 * One attempt on the event loop: exchange after exchange until there is a result. While a batch of the body is written
 * the next one gathers; when that is full too, the connection is paused, so that a slow disk slows the server and does
 * not fill the heap. Confined to the loop.
 */
final class AsyncAttempt implements AsyncExchange.Listener {
    private final Attempt attempt;
    private final AsyncFetch fetch;
    private final Promise<Result> promise = Promise.promise();
    private AsyncExchange exchange;
    private Intake intake;
    private Saving saving;
    private boolean writing;
    private boolean paused;

    /** No more of the body comes. */
    private boolean arrived;

    /** The result, once it is known, though a file thread may still be at work for this attempt. */
    private Result result;

    AsyncAttempt(Attempt attempt, AsyncFetch fetch) {
        this.attempt = attempt;
        this.fetch = fetch;
    }

    Future<Result> begin() {
        next();
        return promise.future();
    }

    private void next() {
        intake = null;
        exchange = new AsyncExchange(this);
        exchange.begin(fetch.connections(), attempt.outgoing());
    }

    @Override
    public Intake head(Head head) {
        intake = attempt.accept(head);
        return intake;
    }

    @Override
    public void batchReady() {
        if (writing) {
            paused = true;
            exchange.pause();
        } else {
            write();
        }
    }

    private void write() {
        saving = saving == null ? attempt.saving() : saving;
        Saving to = saving;
        Batch batch = intake.handOver();
        writing = true;
        fetch.onFiles(() -> to.write(batch)).onComplete((done, cause) -> {
            writing = false;
            written(cause);
        });
    }

    private void written(Throwable cause) {
        if (result == null && cause != null) {
            exchange.abort();
            result = attempt.notSaved(intake, cause);
        }
        if (result != null) {
            discard();
        } else if (arrived) {
            conclude();
        } else {
            goOn();
        }
    }

    private void goOn() {
        if (intake.isFull()) {
            write();
        }
        if (paused) {
            paused = false;
            exchange.resume();
        }
    }

    @Override
    public void ended() {
        arrived = true;
        if (!writing) {
            conclude();
        }
    }

    private void conclude() {
        if (attempt.isToBeSaved(intake)) {
            commit();
        } else {
            settle(attempt.ended(intake));
        }
    }

    private void commit() {
        Saving to = saving == null ? attempt.saving() : saving;
        saving = null;
        Batch last = intake.handOver();
        writing = true;
        fetch.onFiles(() -> to.commit(last)).onComplete((saved, cause) -> {
            promise.complete(cause == null ? attempt.saved(intake, saved) : attempt.notSaved(intake, cause));
        });
    }

    @Override
    public void brokenOff(Throwable cause) {
        settle(attempt.brokenOff(cause, intake));
    }

    /** Ends the attempt; a commit that has begun is let finish, because it cannot be undone. */
    void cancel() {
        boolean committing = arrived && writing && saving == null;
        if (result == null && !committing && !promise.future().isComplete()) {
            exchange.abort();
            settle(attempt.interrupted());
        }
    }

    /** Takes a result other than a saved body; null for another exchange. */
    private void settle(Result known) {
        if (known == null) {
            arrived = false;
            next();
            return;
        }
        result = known;
        if (!writing) {
            discard();
        }
    }

    /** Gives the result, once what was written of the body is gone. */
    private void discard() {
        if (saving == null) {
            promise.complete(result);
            return;
        }
        Saving unwanted = saving;
        fetch.onFiles(() -> unwanted.discard(new CancellationException()))
                .onComplete((done, cause) -> promise.complete(result));
    }
}
