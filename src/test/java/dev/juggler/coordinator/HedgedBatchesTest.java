package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.indexes;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Outcome;
import dev.juggler.job.Rate;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HedgedBatchesTest {
    private static final WorkSpec READ = FetchSpec.READ;
    private static final WorkerReady LOCAL = new WorkerReady("threads-0", "local", 1);
    private static final WorkerReady REMOTE = new WorkerReady("other.threads-0", "remote", 1, "other");
    private static final WorkerReady OTHER_REMOTE = new WorkerReady("third.threads-0", "third", 1, "third");
    private static final long LATE = TimeUnit.SECONDS.toNanos(30);

    private final InFlightBatches inFlight = new InFlightBatches();
    private final WorkerCredits credits = new WorkerCredits();
    private HedgedBatches hedges = hedges(READ, Limits.NONE);
    private InFlightBatch slow;
    private InFlightBatch copy;

    private HedgedBatches hedges(WorkSpec work, Limits limits) {
        Job job = Job.builder("id", work)
                .model(ConcurrencyModel.THREADS, 1)
                .limits(limits)
                .build();
        return new HedgedBatches(job, inFlight, credits);
    }

    private InFlightBatch send(WorkerReady worker, int tasks) {
        return inFlight.begin(worker, new Batch(tasks(0, tasks), 1, true), 0);
    }

    private InFlightBatch begin(long nanoTime) {
        return hedges.begin(nanoTime, batch -> true);
    }

    /** A batch that is slow at {@link #REMOTE}, and its copy at {@link #OTHER_REMOTE}. */
    private void hedge(int tasks) {
        endQuickBatches(3);
        slow = send(REMOTE, tasks);
        credits.add(OTHER_REMOTE);
        copy = begin(LATE);
        assertEquals(OTHER_REMOTE, copy.worker());
    }

    private static BatchOutcome outcomes(Outcome... outcomes) {
        return new BatchOutcome(List.of(outcomes), List.of(), false);
    }

    private static BatchOutcome done(int tasks) {
        return outcomes(tasks(0, tasks).stream()
                .map(task -> SampleTasks.success(task.index()))
                .toArray(Outcome[]::new));
    }

    /** Ends quick batches, so that the usual duration is known. */
    private void endQuickBatches(int count) {
        for (int i = 0; i < count; i++) {
            InFlightBatch batch = send(LOCAL, 1);
            assertSame(batch, inFlight.end(batch.id()));
            BatchOutcome done = done(1);
            assertEquals(done, hedges.resolve(batch, done, TimeUnit.MILLISECONDS.toNanos(10 + i)));
        }
    }

    /** Ends a batch and returns the part of the reply that counts. */
    private BatchOutcome reply(InFlightBatch batch, BatchOutcome reply) {
        assertSame(batch, inFlight.end(batch.id()));
        return hedges.resolve(batch, reply, LATE);
    }

    @Test
    void aSlowBatchIsCopiedToAWorkerInAnotherJvm() {
        endQuickBatches(3);
        InFlightBatch late = send(LOCAL, 1);
        credits.add(LOCAL);
        assertNull(begin(LATE), "the same JVM is not faster");
        credits.add(REMOTE);
        assertNull(begin(TimeUnit.MILLISECONDS.toNanos(900)), "not slow yet");
        InFlightBatch again = begin(LATE);
        assertEquals(REMOTE, again.worker());
        assertEquals(late.sent(), again.sent());
        assertEquals(new HedgeCounts(1, 0), hedges.counts());
    }

    @Test
    void eachOfSeveralSlowBatchesIsCopiedToAnotherJvmThanItsOwn() {
        endQuickBatches(3);
        credits.add(LOCAL);
        credits.add(REMOTE);
        send(LOCAL, 1);
        send(REMOTE, 1);
        assertEquals(REMOTE, begin(LATE).worker());
        assertEquals(LOCAL, begin(LATE).worker());
        assertEquals(new HedgeCounts(2, 0), hedges.counts());
    }

    @Test
    void neitherCopyIsEverCopiedAgain() {
        hedge(1);
        credits.add(LOCAL);
        assertNull(begin(2 * LATE), "both copies are in flight");
        assertTrue(reply(slow, outcomes(SampleTasks.failure(0, 1))).isEmpty());
        credits.release(REMOTE, 0);
        assertNull(begin(3 * LATE), "one copy is in flight");
        assertFalse(reply(copy, outcomes(SampleTasks.failure(0, 1))).isEmpty());
        assertNull(begin(4 * LATE), "no copy is in flight");
        assertEquals(new HedgeCounts(1, 0), hedges.counts());
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void theBatchOfAnotherAttemptMayBeCopiedToo() {
        hedge(1);
        reply(slow, outcomes(SampleTasks.failure(0, 1)));
        reply(copy, outcomes(SampleTasks.failure(0, 1)));
        inFlight.begin(REMOTE, new Batch(tasks(0, 1), 2, false), 0);
        credits.release(OTHER_REMOTE, 0);
        assertEquals(2, begin(LATE).sent().attempt());
    }

    @Test
    void theFirstReplyCountsAndTheOtherDoesNot() {
        hedge(2);
        assertEquals(done(2), reply(copy, done(2)));
        assertEquals(new HedgeCounts(1, 1), hedges.counts());
        assertTrue(inFlight.isEmpty(), "the other copy is not waited for");
        assertTrue(reply(slow, done(2)).isEmpty());
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void theFirstWorkerMayBeatTheCopy() {
        hedge(2);
        assertEquals(done(2), reply(slow, done(2)));
        assertEquals(new HedgeCounts(1, 0), hedges.counts());
        assertTrue(reply(copy, outcomes(SampleTasks.failure(0, 1), SampleTasks.failure(1, 1)))
                .isEmpty());
        assertTrue(inFlight.isEmpty());
    }

    /** All ends of a task other than success. */
    static List<BatchOutcome> failures() {
        Task task = SampleTasks.task(0);
        return List.of(
                outcomes(SampleTasks.failure(0, 1)),
                outcomes(SampleTasks.outcome(0, 1, Result.TimedOut.after(Duration.ofSeconds(2), null))),
                outcomes(SampleTasks.outcome(0, 1, Result.Cancelled.because("the run ended", null))),
                new BatchOutcome(List.of(), List.of(task), false),
                new BatchOutcome(List.of(), List.of(task), true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfBothCopiesCountsOnce(BatchOutcome failure) {
        hedge(1);
        assertTrue(reply(copy, failure).isEmpty());
        assertFalse(inFlight.isEmpty(), "the other copy may succeed");
        assertEquals(failure, reply(slow, failure));
        assertTrue(inFlight.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aSuccessCountsAfterTheOtherCopyFailed(BatchOutcome failure) {
        hedge(1);
        assertTrue(reply(slow, failure).isEmpty());
        assertEquals(done(1), reply(copy, done(1)));
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void eachTaskOfABatchCountsOnceWhicheverCopyCompletedIt() {
        hedge(4);
        BatchOutcome first = new BatchOutcome(
                List.of(SampleTasks.success(0), SampleTasks.failure(1, 1)),
                List.of(SampleTasks.task(2), SampleTasks.task(3)),
                false);
        assertEquals(List.of(0L), indexes(reply(slow, first).outcomes()));
        BatchOutcome second = new BatchOutcome(
                List.of(SampleTasks.failure(0, 1), SampleTasks.success(1), SampleTasks.failure(2, 1)),
                List.of(SampleTasks.task(3)),
                false);
        BatchOutcome counted = reply(copy, second);
        assertEquals(List.of(1L, 2L), indexes(counted.outcomes()));
        assertEquals(List.of(SampleTasks.task(3)), counted.returned());
        assertEquals(new HedgeCounts(1, 0), hedges.counts(), "neither copy completed all tasks");
    }

    @Test
    void theTasksOfALostWorkerAreLeftToTheOtherCopy() {
        hedge(2);
        assertEquals(List.of(), awaited(inFlight.reclaim(REMOTE.worker())));
        assertNull(inFlight.end(slow.id()), "a late reply does not count");
        assertEquals(done(2), reply(copy, done(2)));
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void theTasksOfTwoLostWorkersAreReclaimed() {
        hedge(2);
        inFlight.reclaim(REMOTE.worker());
        assertEquals(tasks(0, 2), awaited(inFlight.reclaim(OTHER_REMOTE.worker())));
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void aLostWorkerEndsTheAttemptWhenTheOtherCopyHasFailed() {
        hedge(2);
        reply(copy, outcomes(SampleTasks.success(0), SampleTasks.failure(1, 1)));
        List<InFlightBatch> lost = inFlight.reclaim(REMOTE.worker());
        assertEquals(List.of(SampleTasks.task(1)), awaited(lost), "the completed task stays done");
        assertFalse(lost.getFirst().awaits(SampleTasks.task(0)));
        assertTrue(lost.getFirst().awaits(SampleTasks.task(1)));
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void reclaimingAllReturnsEachTaskOnce() {
        hedge(2);
        assertEquals(tasks(0, 2), awaited(inFlight.reclaimAll()));
        assertTrue(inFlight.isEmpty());
        assertNull(inFlight.end(slow.id()));
        assertNull(inFlight.end(copy.id()));
    }

    @Test
    void theCopyThatLostIsReclaimedWhenItsReplyIsLost() {
        hedge(1);
        reply(copy, done(1));
        assertTrue(inFlight.isEmpty());
        assertEquals(List.of(), inFlight.reclaimUnconfirmed(1), "its worker may still hold it");
        assertEquals(List.of(slow), inFlight.reclaimUnconfirmed(1));
        assertEquals(List.of(), slow.awaited().tasks());
        assertEquals(0, inFlight.size());
    }

    private static List<Task> awaited(List<InFlightBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.awaited().tasks().stream())
                .toList();
    }

    @Test
    void nothingIsCopiedBeforeTheUsualDurationIsKnown() {
        endQuickBatches(2);
        send(LOCAL, 1);
        credits.add(REMOTE);
        assertNull(begin(LATE));
    }

    @Test
    void slowIsRelativeToTheOtherBatches() {
        for (int seconds : Arrays.asList(10, 20, 30)) {
            InFlightBatch batch = send(LOCAL, 1);
            inFlight.end(batch.id());
            hedges.resolve(batch, done(1), TimeUnit.SECONDS.toNanos(seconds));
        }
        send(LOCAL, 1);
        credits.add(REMOTE);
        assertNull(begin(TimeUnit.SECONDS.toNanos(49)), "20 and three times 10 seconds are 50");
        assertNotNull(begin(TimeUnit.SECONDS.toNanos(51)));
    }

    @Test
    void batchesThatMustNotRunTwiceAreNotCopied() {
        credits.add(REMOTE);
        assertFalse(new ComputeSpec("square", Optional.empty(), List.of()).repeatable());
        hedges = hedges(new ExecSpec(List.of("true"), false, 1), Limits.NONE);
        endQuickBatches(3);
        send(LOCAL, 1);
        assertNull(begin(LATE), "a program may have effects");
        hedges = hedges(
                READ, new Limits(Optional.empty(), Optional.empty(), Limits.NONE.halt(), Optional.of(new Rate(1))));
        endQuickBatches(3);
        assertNull(begin(LATE), "the job has a rate limit");
        hedges = hedges(READ, Limits.NONE);
        endQuickBatches(3);
        assertNull(hedges.begin(LATE, batch -> false), "the caller rules it out");
        assertNotNull(begin(LATE));
    }
}
