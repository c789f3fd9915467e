package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.HttpExchange;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.http.StallDetector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt on the event loop: exchange after exchange until there is a result. While a batch of the body is written
 * the next one gathers; when that is full too, the connection is paused, so that a slow disk slows the server and does
 * not fill the heap. Confined to the loop, whichever threads write.
 */
final class AsyncAttempt implements HttpExchange.ExchangeListener {
    private final FetchStep attempt;
    private final FetchLoop loop;
    private final FileTasks files;
    private final Promise<Result> promise = Promise.promise();
    private HttpExchange exchange;
    private List<AsyncAttempt> segments = List.of();
    private BodyReceiver intake;
    private boolean writing;
    private boolean committing;
    private StallDetector pulse;

    /** How many reasons there are to take no more of the body now. */
    private int holds;

    private boolean waitsForBatch;

    /** How much of what came is still to be waited for, because the line is shared. */
    private int debts;

    /** No more of the body comes. */
    private boolean arrived;

    /** The result, once it is known, though a file thread may still be at work for this attempt. */
    private Result result;

    AsyncAttempt(FetchStep attempt, FetchLoop loop, FileTasks files) {
        this.attempt = attempt;
        this.loop = loop;
        this.files = files;
    }

    Future<Result> begin() {
        if (attempt.mustLook()) {
            writing = true;
            files.call(attempt::prepare).onComplete((known, cause) -> {
                writing = false;
                looked(cause == null ? known : new Result.Failed(TaskError.of(cause)));
            });
        } else {
            looked(attempt.prepare());
        }
        return result();
    }

    /** Of the attempt; completes on the loop. */
    Future<Result> result() {
        return promise.future();
    }

    private void looked(Result known) {
        if (result != null) {
            discard();
        } else {
            settle(known);
        }
    }

    private void next() {
        intake = null;
        holds = 0;
        waitsForBatch = false;
        debts = 0;
        pulse = attempt.pulse();
        if (attempt.segments() != null) {
            exchange = null;
            beginSegments();
            return;
        }
        if (loop.session().isBehind()) {
            catchUp();
        } else {
            ask();
        }
    }

    private void catchUp() {
        exchange = null;
        writing = true;
        files.run(loop.session()::catchUp).onComplete((done, cause) -> {
            writing = false;
            if (result != null) {
                discard();
            } else if (cause != null) {
                settle(new Result.Failed(TaskError.of(cause)));
            } else {
                ask();
            }
        });
    }

    private void ask() {
        exchange = new HttpExchange(this);
        exchange.begin(loop.connections(), attempt.outgoing());
    }

    private void beginSegments() {
        writing = true;
        files.run(attempt::beginSegments).onComplete((done, cause) -> {
            writing = false;
            if (result == null && cause != null) {
                result = attempt.notSaved(intake, cause);
            }
            if (result != null) {
                discard();
            } else {
                runSegments();
            }
        });
    }

    /** The first segment that fails ends the others; when all have ended they are joined. */
    private void runSegments() {
        writing = true;
        segments = attempt.segments().parts().stream()
                .map(segment -> new AsyncAttempt(segment, loop, files))
                .toList();
        List<Future<Result>> ends = segments.stream().map(AsyncAttempt::begin).toList();
        AtomicReference<Result> failure = new AtomicReference<>();
        ends.forEach(end -> end.onSuccess(ended -> {
            if (!(ended instanceof Result.Succeeded) && failure.compareAndSet(null, ended)) {
                segments.forEach(AsyncAttempt::cancel);
            }
        }));
        Future.join(ends).onComplete((all, cause) -> join(failure.get(), cause));
    }

    private void join(Result failure, Throwable broken) {
        segments = List.of();
        arrived = true;
        if (result != null || broken != null) {
            joined(broken == null ? null : new Result.Failed(TaskError.of(broken)));
        } else {
            files.call(() -> attempt.join(failure))
                    .onComplete(
                            (known, cause) -> joined(cause == null ? known : new Result.Failed(TaskError.of(cause))));
        }
    }

    /** A file that has its name by now is a success, whatever came meanwhile. */
    private void joined(Result known) {
        writing = false;
        if (result == null || known instanceof Result.Succeeded) {
            settle(known);
        } else {
            discard();
        }
    }

    @Override
    public BodyReceiver head(ResponseHead head) {
        intake = attempt.accept(head);
        loop.places().lendTo(intake);
        return intake;
    }

    @Override
    public void batchReady() {
        if (!writing) {
            write();
        } else if (!waitsForBatch && intake.shouldPause()) {
            waitsForBatch = true;
            hold();
        }
    }

    private void write() {
        BodyChunk batch = intake.takeChunk();
        writing = true;
        files.run(() -> write(batch)).onComplete((done, cause) -> {
            writing = false;
            intake.recycle(batch);
            written(cause);
        });
    }

    private void write(BodyChunk batch) throws IOException {
        try (batch) {
            attempt.write(batch);
        }
    }

    private void written(Throwable cause) {
        if (result == null && cause != null) {
            exchange.abort();
            result = attempt.notSaved(intake, cause);
        }
        if (result != null) {
            discard();
        } else if (arrived) {
            concludeWhenFree();
        } else {
            goOn();
        }
    }

    private void goOn() {
        if (intake.isFull()) {
            write();
        }
        if (waitsForBatch) {
            waitsForBatch = false;
            goOnTaking();
        }
    }

    private void hold() {
        holds++;
        if (holds == 1) {
            exchange.pause();
        }
    }

    private void goOnTaking() {
        holds--;
        if (holds == 0) {
            exchange.resume();
        }
    }

    @Override
    public void came(int bytes) {
        if (attempt.bandwidth() != null) {
            long wait = TimeUnit.NANOSECONDS.toMillis(attempt.bandwidth().took(bytes, System.nanoTime()));
            if (wait > 0) {
                hold();
                debts++;
                HttpExchange of = exchange;
                loop.later(wait, () -> {
                    if (of == exchange) {
                        paid();
                    }
                });
            }
        }
    }

    private void paid() {
        debts--;
        goOnTaking();
        if (result == null && arrived && !committing) {
            concludeWhenFree();
        }
    }

    /** Ends the attempt when its server is too slow. */
    void check(long nanoTime) {
        if (result != null || committing || arrived || pulse == null) {
            return;
        }
        TaskError why = pulse.check(count(), isHeld(), nanoTime);
        if (why != null) {
            abort();
            settle(attempt.tooSlow(why, intake));
        }
    }

    private long count() {
        if (attempt.segments() != null) {
            return attempt.segments().count();
        }
        return intake == null ? 0 : intake.count();
    }

    private boolean isHeld() {
        return holds > 0 || segments.stream().anyMatch(AsyncAttempt::isHeld);
    }

    private void abort() {
        if (exchange != null) {
            exchange.abort();
        }
        segments.forEach(AsyncAttempt::cancel);
    }

    @Override
    public void ended() {
        arrived = true;
        concludeWhenFree();
    }

    private void concludeWhenFree() {
        if (!writing && debts == 0) {
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
        BodyChunk last = intake.takeChunk();
        committing = true;
        files.call(() -> commit(last)).onComplete((done, cause) -> {
            // What unpacks a body may still be reading one that failed.
            if (done instanceof Result.Succeeded) {
                loop.places().giveBack(last);
            }
            promise.complete(done, cause);
        });
    }

    private Result commit(BodyChunk last) {
        try (last) {
            return attempt.commit(intake, last);
        }
    }

    @Override
    public void brokenOff(Throwable cause) {
        settle(attempt.brokenOff(cause, intake));
    }

    /** Ends the attempt; a commit that has begun is let finish, because it cannot be undone. */
    void cancel() {
        if (result == null && !committing && !promise.future().isComplete()) {
            abort();
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

    /** Gives the result, once what came of the body is put away. */
    private void discard() {
        boolean holds = attempt.holds(intake);
        BodyChunk rest = intake == null ? BodyChunk.EMPTY : intake.takeChunk();
        if (holds) {
            files.run(() -> letGo(rest)).onComplete((done, cause) -> promise.complete(result));
        } else {
            rest.close();
            promise.complete(result);
        }
    }

    private void letGo(BodyChunk rest) {
        try (rest) {
            attempt.letGo(rest);
        }
    }
}
