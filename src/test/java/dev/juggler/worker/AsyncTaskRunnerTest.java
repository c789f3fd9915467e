package dev.juggler.worker;

import static dev.juggler.job.OutcomeState.CANCELLED;
import static dev.juggler.job.OutcomeState.FAILED;
import static dev.juggler.job.OutcomeState.SUCCEEDED;
import static dev.juggler.job.OutcomeState.TIMED_OUT;
import static dev.juggler.worker.OutcomeCollector.batch;
import static dev.juggler.worker.OutcomeCollector.noTimeout;
import static dev.juggler.worker.OutcomeCollector.states;
import static dev.juggler.worker.OutcomeCollector.succeeded;
import static dev.juggler.worker.OutcomeCollector.tasks;
import static dev.juggler.worker.OutcomeCollector.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AsyncTaskRunnerTest {
    private final OutcomeCollector collected = new OutcomeCollector();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger cancellations = new AtomicInteger();
    private Vertx vertx;
    private Context loop;

    @BeforeEach
    void createLoop(Vertx given) {
        vertx = given;
        loop = given.getOrCreateContext();
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    private AsyncTaskRunner runner(AsyncWork work, AttemptTimeouts timeouts) {
        CompletableFuture<AsyncTaskRunner> opened = new CompletableFuture<>();
        loop.runOnContext(ignored -> opened.complete(new AsyncTaskRunner("async-0", work, timeouts, vertx)));
        return opened.join();
    }

    private void run(AsyncTaskRunner runner, TaskBatch batch) {
        loop.runOnContext(ignored -> runner.run(batch, collected));
    }

    private Future<Result> wait(Cancellation cancellation) {
        begun.countDown();
        Promise<Result> promise = Promise.promise();
        cancellation.onCancel(() -> {
            cancellations.incrementAndGet();
            promise.tryComplete(new Result.Failed(TaskError.permanent("x", "y")));
        });
        return promise.future();
    }

    private Future<Result> compute() {
        begun.countDown();
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
        return Future.succeededFuture(succeeded());
    }

    private Future<Result> soon() {
        return vertx.timer(1).map(ignored -> succeeded());
    }

    @Test
    void runsBatchesConcurrentlyAndTheTasksOfEachInOrder() throws Exception {
        List<Long> starts = new ArrayList<>();
        List<Promise<Result>> waiting = new ArrayList<>();
        AsyncWork work = (task, cancellation) -> {
            starts.add(task.index());
            waiting.add(Promise.promise());
            return waiting.getLast().future();
        };
        AsyncTaskRunner runner = runner(work, noTimeout());
        run(runner, batch(0, 2));
        run(runner, batch(10, 12));
        for (int i = 0; i < 4; i++) {
            int which = i;
            loop.runOnContext(ignored -> waiting.get(which).complete(succeeded()));
        }
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(collected.next()));
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(collected.next()));
        assertEquals(List.of(0L, 10L, 1L, 11L), starts);
    }

    @Test
    void tasksThatCompleteAtOnceDoNotOverflowTheStack() throws Exception {
        AsyncWork work = (task, cancellation) -> Future.succeededFuture(succeeded());
        run(runner(work, noTimeout()), batch(0, 200_000));
        assertEquals(200_000, collected.next().outcomes().size());
    }

    @Test
    void anExceptionOrFailureFailsOnlyItsTask() throws Exception {
        AsyncWork work = (task, cancellation) -> switch ((int) task.index()) {
            case 0 -> throw new IllegalStateException("no");
            case 1 -> Future.failedFuture(new AssertionError("no"));
            case 2 -> null;
            case 3 -> Future.succeededFuture();
            case 4 -> soon().map(ignored -> null);
            case 5 -> throw new AssertionError("no");
            default -> soon();
        };
        run(runner(work, noTimeout()), batch(0, 7));
        List<OutcomeState> states = states(collected.next());
        assertEquals(List.of(FAILED, FAILED, FAILED, FAILED, FAILED, FAILED, SUCCEEDED), states);
    }

    @Test
    void cancelsAnAttemptThatTimesOutAndContinuesTheBatch() throws Exception {
        AsyncWork work = (task, cancellation) -> task.index() == 1 ? wait(cancellation) : soon();
        run(runner(work, timeout(300)), batch(0, 3));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED, TIMED_OUT, SUCCEEDED), states(outcome));
        assertFalse(outcome.workerLost());
        assertEquals(1, cancellations.get());
    }

    @Test
    void dropsTheLateResultOfAnAttemptThatIgnoresCancellation() throws Exception {
        Promise<Result> uncancellable = Promise.promise();
        AsyncWork work = (task, cancellation) -> task.index() == 1 ? uncancellable.future() : soon();
        run(runner(work, timeout(200)), batch(0, 3));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED, TIMED_OUT, SUCCEEDED), states(outcome));
        assertFalse(outcome.workerLost());
        loop.runOnContext(ignored -> uncancellable.complete(succeeded()));
        AsyncTaskRunner other = runner((task, cancellation) -> soon(), noTimeout());
        run(other, batch(5, 6));
        assertEquals(5, collected.next().outcomes().getFirst().task().index());
        assertEquals(0, collected.size());
    }

    @Test
    void losesTheWorkerToAnEndlessComputationAndReturnsTheOtherTasks() throws Exception {
        AsyncWork work = (task, cancellation) -> task.index() < 100 ? wait(cancellation) : compute();
        AsyncTaskRunner runner = runner(work, timeout(400));
        run(runner, batch(0, 2));
        run(runner, batch(100, 103));
        BatchOutcome stuck = collected.next();
        BatchOutcome other = collected.next();
        assertEquals(List.of(TIMED_OUT), states(stuck));
        assertEquals(tasks(101, 103), stuck.returned());
        assertEquals(List.of(), other.outcomes());
        assertEquals(tasks(0, 2), other.returned());
        assertTrue(stuck.workerLost() && other.workerLost());
        // The loop recovers: its waiting tasks are cancelled without an outcome, and it returns new batches.
        released.countDown();
        run(runner, batch(7, 8));
        assertEquals(tasks(7, 8), collected.next().returned());
        AsyncTaskRunner another = runner((task, cancellation) -> soon(), noTimeout());
        run(another, batch(9, 10));
        assertEquals(9, collected.next().outcomes().getFirst().task().index());
        assertEquals(1, cancellations.get());
        assertEquals(0, collected.size());
    }

    @Test
    void cancelEndsWaitingTasksAndReturnsTheRest() throws Exception {
        AsyncTaskRunner runner = runner((task, cancellation) -> wait(cancellation), noTimeout());
        run(runner, batch(0, 3));
        begun.await();
        runner.cancel("the end");
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(CANCELLED), states(outcome));
        assertEquals("the end", outcome.outcomes().getFirst().result().error().message());
        assertEquals(tasks(1, 3), outcome.returned());
        run(runner, batch(5, 6));
        assertEquals(tasks(5, 6), collected.next().returned());
    }

    @Test
    void cancelLosesTheWorkerToAComputingTask() throws Exception {
        AsyncTaskRunner runner = runner((task, cancellation) -> compute(), noTimeout());
        run(runner, batch(0, 3));
        begun.await();
        runner.cancel("the end");
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(CANCELLED), states(outcome));
        assertTrue(outcome.workerLost());
    }

    @Test
    void drainLetsTheTaskEndAndReturnsTheRest() throws Exception {
        Promise<Result> promise = Promise.promise();
        AsyncTaskRunner runner = runner(
                (task, cancellation) -> {
                    begun.countDown();
                    return promise.future();
                },
                noTimeout());
        run(runner, batch(0, 3));
        begun.await();
        runner.drain();
        loop.runOnContext(ignored -> promise.complete(succeeded()));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED), states(outcome));
        assertEquals(tasks(1, 3), outcome.returned());
    }

    @Test
    void closeClosesTheWork() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        AsyncWork work = new AsyncWork() {
            @Override
            public Future<Result> start(Task task, Cancellation cancellation) {
                return soon();
            }

            @Override
            public void close() {
                closed.complete(true);
            }
        };
        AsyncTaskRunner runner = runner(work, timeout(200));
        loop.runOnContext(ignored -> runner.close());
        assertTrue(closed.join());
    }
}
