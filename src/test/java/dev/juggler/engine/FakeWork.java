package dev.juggler.engine;

import dev.juggler.Waiting;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Executes a script in either style and counts attempts in flight. Closing it releases stuck attempts. */
final class FakeWork implements WorkProvider {
    /** The action of an attempt. */
    sealed interface Act {
        /** Ends at once. */
        record Give(Result result) implements Act {}

        /** Waits like a request: an interrupt or a cancellation ends it. */
        record Wait(Duration time, Result result) implements Act {}

        /** Waits like a request until a condition holds. */
        record Until(BooleanSupplier condition, Result result) implements Act {}

        /** Computes endlessly, and ignores interrupts and cancellation. */
        record Spin() implements Act {}

        /** Waits endlessly, and ignores interrupts and cancellation. */
        record Deaf() implements Act {}
    }

    /** Returns the action of the n-th attempt of a task, counted from 1. */
    interface Script {
        Act act(Task task, int attempt);
    }

    private static final long LOOK_MILLIS = 2;

    final LongAdder starts = new LongAdder();
    private final Script script;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Map<Long, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Queue<Promise<Result>> deaf = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    FakeWork(Script script) {
        this.script = script;
    }

    static Result succeeded() {
        return new Result.Succeeded(new Value.Computed(null));
    }

    static Result failed(boolean retryable) {
        return new Result.Failed(new TaskError("fake", "as the script says", retryable));
    }

    static Act give(Result result) {
        return new Act.Give(result);
    }

    static Act waitFor(long millis, Result result) {
        return new Act.Wait(Duration.ofMillis(millis), result);
    }

    static Act waitUntil(BooleanSupplier condition, Result result) {
        return new Act.Until(condition, result);
    }

    /** Returns the maximum number of concurrent attempts so far. */
    int mostInFlight() {
        return most.get();
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean isClosed() {
        return closed;
    }

    /** Releases stuck attempts. */
    void release() {
        released.countDown();
        deaf.forEach(promise -> promise.tryComplete(succeeded()));
    }

    private Act begin(Task task) {
        starts.increment();
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        int attempt = attempts.computeIfAbsent(task.index(), index -> new AtomicInteger())
                .incrementAndGet();
        return script.act(task, attempt);
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public Duration grace() {
        return Duration.ofMillis(50);
    }

    @Override
    public BlockingWork blocking() {
        return task -> {
            try {
                return switch (begin(task)) {
                    case Act.Give give -> give.result;
                    case Act.Wait wait -> {
                        Thread.sleep(wait.time);
                        yield wait.result;
                    }
                    case Act.Until until -> {
                        Waiting.until(until.condition::getAsBoolean);
                        yield until.result;
                    }
                    case Act.Spin spin -> spin();
                    case Act.Deaf never -> deaf();
                };
            } finally {
                inFlight.decrementAndGet();
            }
        };
    }

    private Result spin() {
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
        return succeeded();
    }

    private Result deaf() {
        while (true) {
            try {
                released.await();
                return succeeded();
            } catch (InterruptedException e) {
                // A deaf attempt ignores interrupts.
                continue;
            }
        }
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return (task, cancellation) -> {
            try {
                return start(vertx, task, cancellation).andThen(ended -> inFlight.decrementAndGet());
            } catch (Throwable thrown) {
                inFlight.decrementAndGet();
                throw thrown;
            }
        };
    }

    private Future<Result> start(Vertx vertx, Task task, Cancellation cancellation) {
        return switch (begin(task)) {
            case Act.Give give -> Future.succeededFuture(give.result);
            case Act.Wait wait -> {
                Promise<Result> promise = Promise.promise();
                long timer = vertx.setTimer(Math.max(1, wait.time.toMillis()), id -> promise.tryComplete(wait.result));
                yield cancelling(promise, vertx, timer, cancellation);
            }
            case Act.Until until -> {
                Promise<Result> promise = Promise.promise();
                long timer = vertx.setPeriodic(LOOK_MILLIS, id -> {
                    if (until.condition.getAsBoolean() && vertx.cancelTimer(id)) {
                        promise.tryComplete(until.result);
                    }
                });
                yield cancelling(promise, vertx, timer, cancellation);
            }
            case Act.Spin spin -> Future.succeededFuture(spin());
            case Act.Deaf never -> {
                Promise<Result> promise = Promise.promise();
                deaf.add(promise);
                yield promise.future();
            }
        };
    }

    private static Future<Result> cancelling(
            Promise<Result> promise, Vertx vertx, long timer, Cancellation cancellation) {
        cancellation.onCancel(() -> {
            vertx.cancelTimer(timer);
            promise.tryComplete(failed(true));
        });
        return promise.future();
    }

    @Override
    public void close() {
        closed = true;
    }
}
