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
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.BlockingWork;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingTaskRunnerTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final OutcomeCollector collected = new OutcomeCollector();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() throws InterruptedException {
        released.countDown();
        thread.shutdown();
        assertTrue(thread.awaitTermination(60, TimeUnit.SECONDS));
    }

    private Future<?> run(BlockingTaskRunner runner, TaskBatch batch) {
        return thread.submit(() -> runner.run(batch, collected));
    }

    private static BlockingTaskRunner runner(BlockingWork work, AttemptTimeouts timeouts) {
        return new BlockingTaskRunner("w-0", work, timeouts, true);
    }

    private Result sleep() throws InterruptedException {
        begun.countDown();
        Thread.sleep(600_000);
        return succeeded();
    }

    private Result ignoreInterrupts() {
        begun.countDown();
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
        return succeeded();
    }

    @Test
    void runsTasksInOrderAndMeasuresThem() throws Exception {
        run(runner(task -> succeeded(), noTimeout()), batch(0, 3));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED, SUCCEEDED, SUCCEEDED), states(outcome));
        assertEquals(List.of(), outcome.returned());
        assertFalse(outcome.workerLost());
        for (Outcome each : outcome.outcomes()) {
            assertEquals("w-0", each.worker());
            assertEquals(1, each.attempt());
            assertTrue(each.runNanos() >= 0 && each.queuedNanos() > 0 && each.startedMicros() > 0, each::toString);
        }
    }

    @Test
    void anExceptionFailsOnlyItsTask() throws Exception {
        BlockingWork work = task -> switch ((int) task.index()) {
            case 0 -> throw new IllegalStateException("no");
            case 1 -> throw new NoClassDefFoundError("Gone");
            case 2 -> null;
            default -> succeeded();
        };
        run(runner(work, noTimeout()), batch(0, 4));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(FAILED, FAILED, FAILED, SUCCEEDED), states(outcome));
        TaskError error = outcome.outcomes().getFirst().result().error();
        assertEquals(TaskError.permanent("exception", "IllegalStateException: no"), error);
    }

    @Test
    void interruptsATaskThatTimesOutButNotTheNext() throws Exception {
        BlockingWork work = task -> {
            if (task.index() == 1) {
                return sleep();
            }
            Thread.sleep(1);
            return succeeded();
        };
        run(runner(work, timeout(300)), batch(0, 5));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED, TIMED_OUT, SUCCEEDED, SUCCEEDED, SUCCEEDED), states(outcome));
        TaskError error = outcome.outcomes().get(1).result().error();
        assertEquals(TaskError.passing("timeout", "no result within 300ms"), error);
    }

    @Test
    void keepsThePartialValueOfAnInterruptedAttempt() throws Exception {
        Value partial = new Value.Computed("so far");
        BlockingWork work = task -> {
            try {
                return sleep();
            } catch (InterruptedException e) {
                return new Result.Failed(TaskError.permanent("x", "y"), partial);
            }
        };
        run(runner(work, timeout(200)), batch(0, 1));
        Result result = collected.next().outcomes().getFirst().result();
        assertEquals(TIMED_OUT, result.state());
        assertEquals(partial, result.value());
    }

    @Test
    void anInterruptThatATaskCausedItselfIsItsOwnFailureAndNotTheNextOnes() throws Exception {
        BlockingWork work = task -> {
            if (task.index() == 0) {
                throw new InterruptedException("mine");
            }
            if (task.index() == 1) {
                Thread.currentThread().interrupt();
            } else {
                Thread.sleep(1);
            }
            return succeeded();
        };
        run(runner(work, timeout(60_000)), batch(0, 3));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(FAILED, SUCCEEDED, SUCCEEDED), states(outcome));
        assertEquals(
                "InterruptedException: mine",
                outcome.outcomes().getFirst().result().error().message());
    }

    @Test
    void anAttemptThatSucceedsWhenInterruptedCountsAsSucceeded() throws Exception {
        BlockingWork work = task -> {
            try {
                return sleep();
            } catch (InterruptedException e) {
                return succeeded();
            }
        };
        run(runner(work, timeout(200)), batch(0, 2));
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(collected.next()));
    }

    @Test
    void losesTheWorkerToAnUninterruptibleTaskAndDropsItsLateResult() throws Exception {
        BlockingTaskRunner runner = runner(task -> task.index() == 1 ? ignoreInterrupts() : succeeded(), timeout(200));
        Future<?> running = run(runner, batch(0, 4));
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED, TIMED_OUT), states(outcome));
        assertEquals(tasks(2, 4), outcome.returned());
        assertTrue(outcome.workerLost());
        released.countDown();
        running.get(60, TimeUnit.SECONDS);
        assertEquals(0, collected.size());
    }

    @Test
    void returnsAllBatchesAfterALostWorkerRecovers() throws Exception {
        BlockingTaskRunner runner = runner(task -> ignoreInterrupts(), timeout(200));
        run(runner, batch(0, 1));
        assertTrue(collected.next().workerLost());
        released.countDown();
        run(runner, batch(7, 9));
        BatchOutcome outcome = collected.next();
        assertEquals(tasks(7, 9), outcome.returned());
        assertTrue(outcome.workerLost());
    }

    @Test
    void cancelInterruptsTheTaskAndReturnsTheRest() throws Exception {
        BlockingTaskRunner runner = runner(task -> sleep(), noTimeout());
        run(runner, batch(0, 3));
        begun.await();
        runner.cancel("the end");
        runner.cancel("again");
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(CANCELLED), states(outcome));
        assertEquals("the end", outcome.outcomes().getFirst().result().error().message());
        assertEquals(tasks(1, 3), outcome.returned());
        assertFalse(outcome.workerLost());
        run(runner, batch(5, 6));
        assertEquals(tasks(5, 6), collected.next().returned());
    }

    @Test
    void cancelLosesTheWorkerToAnUninterruptibleTask() throws Exception {
        BlockingTaskRunner runner = runner(task -> ignoreInterrupts(), noTimeout());
        run(runner, batch(0, 2));
        begun.await();
        runner.cancel("the end");
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(CANCELLED), states(outcome));
        assertEquals(tasks(1, 2), outcome.returned());
        assertTrue(outcome.workerLost());
    }

    @Test
    void drainLetsTheTaskEndAndReturnsTheRest() throws Exception {
        BlockingTaskRunner runner = runner(task -> ignoreInterrupts(), noTimeout());
        run(runner, batch(0, 3));
        begun.await();
        runner.drain();
        released.countDown();
        BatchOutcome outcome = collected.next();
        assertEquals(List.of(SUCCEEDED), states(outcome));
        assertEquals(tasks(1, 3), outcome.returned());
        assertFalse(outcome.workerLost());
    }

    @Test
    void aBatchOverItsBudgetReturnsTheRestAfterAtLeastOneTask() throws Exception {
        BlockingWork work = task -> {
            Thread.sleep(5);
            return succeeded();
        };
        run(runner(work, noTimeout()), batch(0, 10, 1));
        BatchOutcome outcome = collected.next();
        assertEquals(1, outcome.outcomes().size());
        assertEquals(tasks(1, 10), outcome.returned());
    }

    @Test
    void spinningVirtualThreadsDoNotStarveOthers() throws Exception {
        int spinning = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < spinning; i++) {
            BlockingTaskRunner runner = runner(task -> ignoreInterrupts(), timeout(200));
            Thread.startVirtualThread(() -> runner.run(batch(0, 1), collected));
        }
        for (int i = 0; i < spinning; i++) {
            assertTrue(collected.next().workerLost());
        }
        Thread.startVirtualThread(() -> runner(task -> succeeded(), noTimeout()).run(batch(0, 1), collected));
        assertEquals(List.of(SUCCEEDED), states(collected.next()));
    }

    @Test
    void watchdogSurvivesACheckThatThrows() throws Exception {
        Watchdog.WatchedWorker broken = now -> {
            begun.countDown();
            throw new IllegalStateException("on purpose, to be seen on stderr");
        };
        Watchdog.shared().watch(broken);
        begun.await();
        run(runner(task -> sleep(), timeout(200)), batch(0, 1));
        assertEquals(List.of(TIMED_OUT), states(collected.next()));
    }

    @Test
    void closeClosesTheWork() {
        boolean[] closed = new boolean[1];
        BlockingWork work = new BlockingWork() {
            @Override
            public Result run(dev.juggler.job.Task task) {
                return succeeded();
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        BlockingTaskRunner runner = runner(work, timeout(200));
        runner.close();
        runner.cancel("too late");
        assertTrue(closed[0]);
    }
}
