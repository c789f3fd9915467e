package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.failure;
import static dev.juggler.coordinator.SampleTasks.indexes;
import static dev.juggler.coordinator.SampleTasks.outcome;
import static dev.juggler.coordinator.SampleTasks.success;
import static dev.juggler.coordinator.SampleTasks.task;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.TaskError;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobTasksTest {
    private static final WorkerReady WORKER = new WorkerReady("other.threads-0", "a", 1, "other");

    private final List<Outcome> rows = new ArrayList<>();
    private final InFlightBatches inFlight = new InFlightBatches();
    private final OutcomeQueue outcomes;
    private final JobTasks tasks;

    JobTasksTest() {
        RetryPolicy retryOnce = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
        Job job = Job.builder("j", FetchSpec.READ)
                .model(ConcurrencyModel.THREADS, 4)
                .retry(retryOnce)
                .build();
        outcomes = new OutcomeQueue(job, this::write, failure -> assertNull(failure));
        tasks = new JobTasks(job, outcomes, task -> "group-" + task.index() % 2);
    }

    private Future<Void> write(List<Outcome> arrived, List<Outcome> released) {
        rows.addAll(arrived);
        return Future.succeededFuture();
    }

    private Batch next() {
        return tasks.next(100, System.nanoTime(), true);
    }

    private void complete(Batch batch, Outcome... reply) {
        tasks.complete(batch, new BatchOutcome(List.of(reply), List.of(), false));
    }

    private TaskCounts counts() {
        outcomes.flush();
        return tasks.progress().result(0).counts();
    }

    @Test
    void countsFreshTasksAsSubmittedAndSuccessesOnce() {
        tasks.add(tasks(0, 2));
        Batch batch = next();
        assertEquals(2, tasks.progress().submitted());
        complete(batch, success(0), success(1));
        assertEquals(new TaskCounts(2, 2, 0, 0, 0, 0, 2), counts());
        assertEquals(List.of(0L, 1L), indexes(rows));
        assertTrue(tasks.isEmpty());
    }

    @Test
    void retriesAFailureAndCountsItWhenRetriesAreUsedUp() {
        tasks.add(tasks(0, 1));
        complete(next(), failure(0, 1));
        assertEquals(0, tasks.progress().ended());
        Batch retry = next();
        assertEquals(new Batch(List.of(task(0)), 2, false), retry);
        complete(retry, failure(0, 2));
        assertNull(next());
        assertEquals(new TaskCounts(1, 0, 1, 0, 0, 0, 2), counts());
        assertEquals(List.of(0L, 0L), indexes(rows), "each attempt has a row");
    }

    @Test
    void requeuesReturnedTasksUnderTheSameAttempt() {
        tasks.add(tasks(0, 3));
        Batch batch = next();
        tasks.complete(batch, new BatchOutcome(List.of(success(0)), tasks(1, 3), false));
        assertEquals(new Batch(tasks(1, 3), 1, false), next());
        assertEquals(3, tasks.progress().submitted(), "they are not submitted again");
    }

    @Test
    void requeuesTheTasksOfAReclaimedBatch() {
        tasks.add(tasks(0, 2));
        tasks.reclaim(next());
        assertFalse(tasks.isEmpty());
        assertEquals(new Batch(tasks(0, 2), 1, false), next());
    }

    @Test
    void pausesTheGroupOfATaskWhoseServerAsksForIt() {
        TaskError busy = TaskError.permanent("http-status", "503").pausing(Duration.ofSeconds(60));
        tasks.add(tasks(0, 1));
        complete(next(), outcome(0, 1, new Result.Failed(busy)));
        tasks.add(List.of(task(2), task(3)));
        assertEquals(List.of(task(3)), next().tasks());
        assertNull(next(), "task 2 is of the paused group");
        assertTrue(tasks.nextDue(System.nanoTime(), true).isPresent());
    }

    private Batch dispatched(Batch batch) {
        tasks.workerDied(inFlight.begin(WORKER, batch, System.nanoTime()), "exit code 137");
        return batch;
    }

    @Test
    void retriesTheTasksOfADeadWorkerWhateverTheRetryPolicy() {
        tasks.add(tasks(0, 1));
        dispatched(next());
        Batch retry = next();
        assertEquals(new Batch(List.of(task(0)), 2, false), retry);
        complete(retry, success(0));
        assertEquals(new TaskCounts(1, 1, 0, 0, 0, 0, 2), counts());
        assertEquals("worker-lost", rows.getFirst().result().error().type());
        assertEquals("other.threads-0", rows.getFirst().worker());
    }

    @Test
    void setsATaskAsideAtTheThirdDeathOfItsWorker() {
        tasks.add(tasks(0, 1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertEquals(attempt, dispatched(next()).attempt());
        }
        assertNull(next());
        assertEquals(new TaskCounts(1, 0, 1, 0, 0, 0, 3), counts());
        assertEquals("poison", rows.getLast().result().error().type());
    }

    @Test
    void aTaskOfTwoDeathsRunsAloneAndIsNeverCopied() {
        tasks.add(tasks(0, 2));
        Batch both = next();
        assertTrue(tasks.mayCopy(both, System.nanoTime()));
        dispatched(both);
        Batch zero = next();
        Batch one = next();
        dispatched(zero);
        dispatched(one);
        Batch first = next();
        assertEquals(List.of(task(0)), first.tasks());
        assertFalse(tasks.mayCopy(first, System.nanoTime()));
        assertNull(next(), "the other suspect waits for it");
        complete(first, outcome(0, 3, new Result.Succeeded(null)));
        assertEquals(List.of(task(1)), next().tasks());
    }

    @Test
    void aStoppedJobAccountsForEveryTaskThatWasDispatched() {
        tasks.add(tasks(0, 5));
        Batch inFlightNow = tasks.next(2, System.nanoTime(), true);
        Batch handedBack = tasks.next(1, System.nanoTime(), true);
        Batch failed = tasks.next(1, System.nanoTime(), true);
        tasks.reclaim(handedBack);
        complete(failed, failure(3, 1));
        tasks.progress().stop(EndReason.INTERRUPTED, null);
        tasks.dropWaiting();
        assertTrue(tasks.isEmpty());
        assertEquals(new TaskCounts(4, 0, 1, 0, 1, 0, 1), counts(), "task 3 had an attempt, task 2 had none");
        complete(inFlightNow, success(0), failure(1, 1));
        assertEquals(new TaskCounts(4, 1, 2, 0, 1, 0, 3), counts(), "no retry once the job is being stopped");
        assertEquals(OptionalLong.empty(), tasks.nextDue(System.nanoTime(), true));
    }

    @Test
    void aStoppedJobCancelsReclaimedTasksAndThoseOfADeadWorker() {
        tasks.add(tasks(0, 2));
        Batch first = tasks.next(1, System.nanoTime(), true);
        Batch second = next();
        tasks.progress().stop(EndReason.INTERRUPTED, null);
        dispatched(first);
        tasks.reclaim(second);
        assertEquals(new TaskCounts(2, 0, 0, 0, 2, 0, 0), counts());
        assertEquals(List.of(0L, 1L), indexes(rows));
    }

    @Test
    void tasksThatADecidedCopyNoLongerAwaitsAreNotCountedAgain() {
        tasks.add(tasks(0, 1));
        InFlightBatch slow = inFlight.begin(WORKER, next(), System.nanoTime());
        InFlightBatch copy = inFlight.beginCopy(new WorkerReady("w", "b", 1), slow, System.nanoTime());
        inFlight.end(copy.id());
        inFlight.separate(copy, Set.of(0L));
        complete(copy.sent(), success(0));
        inFlight.reclaim(WORKER.worker()).forEach(batch -> tasks.workerDied(batch, "gone"));
        assertNull(next());
        assertEquals(new TaskCounts(1, 1, 0, 0, 0, 0, 1), counts());
    }

    @Test
    void needsAPageWhenHalfOfTheLastIsUsed() {
        assertTrue(tasks.needsPage());
        List<Task> page = tasks(0, InputPrefetcher.PAGE);
        tasks.add(page);
        assertFalse(tasks.needsPage());
        tasks.next(InputPrefetcher.PAGE / 2, System.nanoTime(), true);
        assertTrue(tasks.needsPage());
    }
}
