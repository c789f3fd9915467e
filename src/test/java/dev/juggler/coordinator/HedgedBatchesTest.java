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
import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.coordinator.InFlightBatches.InFlightBatch;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Outcome;
import dev.juggler.job.Rate;
import dev.juggler.job.Result;
import dev.juggler.job.RetryPolicy;
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
    private static final WorkerReady HERE = new WorkerReady("threads-0", "here", 1);
    private static final WorkerReady THERE = new WorkerReady("other.threads-0", "there", 1, "other");
    private static final WorkerReady THIRD = new WorkerReady("third.threads-0", "third", 1, "third");
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final InFlightBatches flights = new InFlightBatches();
    private final WorkerCredits credits = new WorkerCredits();
    private final PoisonTaskDetector suspects = new PoisonTaskDetector();
    private HedgedBatches hedges = hedges(READ, Limits.NONE);
    private InFlightBatch slow;
    private InFlightBatch copy;

    private HedgedBatches hedges(WorkSpec work, Limits limits) {
        Job job =
                new Job("id", work, ConcurrencyModel.THREADS, 1, new Chunking.Auto(), limits, RetryPolicy.of(0), false);
        TaskGroups groups = new TaskGroups(limits.perGroup(), task -> "");
        return new HedgedBatches(job, flights, credits, suspects, groups);
    }

    private InFlightBatch send(WorkerReady worker, int tasks) {
        return flights.begin(worker, new Batch(tasks(0, tasks), 1, true), 0);
    }

    /** A batch of so many tasks that takes long at {@link #THERE}, and its copy at {@link #THIRD}. */
    private void hedge(int tasks) {
        comeBack(3);
        slow = send(THERE, tasks);
        credits.add(THIRD);
        copy = hedges.begin(LONG);
        assertEquals(THIRD, copy.worker());
    }

    private static BatchOutcome outcomes(Outcome... outcomes) {
        return new BatchOutcome(List.of(outcomes), List.of(), false);
    }

    private static BatchOutcome done(int tasks) {
        return outcomes(tasks(0, tasks).stream()
                .map(task -> SampleTasks.success(task.index()))
                .toArray(Outcome[]::new));
    }

    /** Batches that have come back quickly, so that it is known what is usual. */
    private void comeBack(int batches) {
        for (int i = 0; i < batches; i++) {
            InFlightBatch flight = send(HERE, 1);
            assertSame(flight, flights.end(flight.id()));
            BatchOutcome done = done(1);
            assertEquals(done, hedges.counted(flight, done, TimeUnit.MILLISECONDS.toNanos(10 + i)));
        }
    }

    /** What counts of a reply. */
    private BatchOutcome reply(InFlightBatch flight, BatchOutcome batch) {
        assertSame(flight, flights.end(flight.id()));
        return hedges.counted(flight, batch, LONG);
    }

    @Test
    void whatTakesLongIsSentToAWorkerInAnotherJvm() {
        comeBack(3);
        InFlightBatch late = send(HERE, 1);
        credits.add(HERE);
        assertNull(hedges.begin(LONG), "in the same JVM it would not be quicker");
        credits.add(THERE);
        assertNull(hedges.begin(TimeUnit.MILLISECONDS.toNanos(900)), "it is not long yet");
        InFlightBatch again = hedges.begin(LONG);
        assertEquals(THERE, again.worker());
        assertEquals(late.sent(), again.sent());
        assertEquals(new HedgeCounts(1, 0), hedges.result());
    }

    @Test
    void eachOfSeveralThatTakeLongIsSentToAWorkerThatIsNotWhereItIs() {
        comeBack(3);
        credits.add(HERE);
        credits.add(THERE);
        send(HERE, 1);
        send(THERE, 1);
        assertEquals(THERE, hedges.begin(LONG).worker());
        assertEquals(HERE, hedges.begin(LONG).worker());
        assertEquals(new HedgeCounts(2, 0), hedges.result());
    }

    @Test
    void neitherCopyIsEverCopiedAgain() {
        hedge(1);
        credits.add(HERE);
        assertNull(hedges.begin(2 * LONG), "both are in flight");
        assertTrue(reply(slow, outcomes(SampleTasks.failure(0, 1))).isEmpty());
        credits.giveBack(THERE, 0);
        assertNull(hedges.begin(3 * LONG), "one of them is");
        assertFalse(reply(copy, outcomes(SampleTasks.failure(0, 1))).isEmpty());
        assertNull(hedges.begin(4 * LONG), "none is");
        assertEquals(new HedgeCounts(1, 0), hedges.result());
        assertTrue(flights.isEmpty());
    }

    @Test
    void anotherAttemptIsAnotherBatchWhichMayBeCopiedToo() {
        hedge(1);
        reply(slow, outcomes(SampleTasks.failure(0, 1)));
        reply(copy, outcomes(SampleTasks.failure(0, 1)));
        flights.begin(THERE, new Batch(tasks(0, 1), 2, false), 0);
        credits.giveBack(THIRD, 0);
        assertEquals(2, hedges.begin(LONG).sent().attempt());
    }

    @Test
    void theFirstThatIsDoneCountsAndTheOtherDoesNot() {
        hedge(2);
        assertEquals(done(2), reply(copy, done(2)));
        assertEquals(new HedgeCounts(1, 1), hedges.result());
        assertTrue(flights.isEmpty(), "the other is not waited for");
        assertTrue(reply(slow, done(2)).isEmpty());
        assertTrue(flights.isEmpty());
    }

    @Test
    void theFirstWorkerMayWinToo() {
        hedge(2);
        assertEquals(done(2), reply(slow, done(2)));
        assertEquals(new HedgeCounts(1, 0), hedges.result());
        assertTrue(reply(copy, outcomes(SampleTasks.failure(0, 1), SampleTasks.failure(1, 1)))
                .isEmpty());
        assertTrue(flights.isEmpty());
    }

    /** All that may come of a task besides success. */
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
    void whatElseComesOfOneWaitsForTheOtherAndThenCountsOnce(BatchOutcome failure) {
        hedge(1);
        assertTrue(reply(copy, failure).isEmpty());
        assertFalse(flights.isEmpty(), "the other may do better");
        assertEquals(failure, reply(slow, failure));
        assertTrue(flights.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theOtherMayDoBetter(BatchOutcome failure) {
        hedge(1);
        assertTrue(reply(slow, failure).isEmpty());
        assertEquals(done(1), reply(copy, done(1)));
        assertTrue(flights.isEmpty());
    }

    @Test
    void eachTaskOfABatchCountsOnceWhicheverCopyDidIt() {
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
        assertEquals(new HedgeCounts(1, 0), hedges.result(), "none of them did all of it");
    }

    @Test
    void theTasksOfALostWorkerAreLeftToTheOther() {
        hedge(2);
        assertEquals(List.of(), awaited(flights.takeBack(THERE.worker())));
        assertNull(flights.end(slow.id()), "a reply from the dead counts for nothing");
        assertEquals(done(2), reply(copy, done(2)));
        assertTrue(flights.isEmpty());
    }

    @Test
    void theTasksOfTwoLostWorkersAreTakenBack() {
        hedge(2);
        flights.takeBack(THERE.worker());
        assertEquals(tasks(0, 2), awaited(flights.takeBack(THIRD.worker())));
        assertTrue(flights.isEmpty());
    }

    @Test
    void whenTheOtherHasFailedALostWorkerEndsTheAttempt() {
        hedge(2);
        reply(copy, outcomes(SampleTasks.success(0), SampleTasks.failure(1, 1)));
        List<InFlightBatch> lost = flights.takeBack(THERE.worker());
        assertEquals(List.of(SampleTasks.task(1)), awaited(lost), "what the other did stays done");
        assertFalse(lost.getFirst().awaits(SampleTasks.task(0)));
        assertTrue(lost.getFirst().awaits(SampleTasks.task(1)));
        assertTrue(flights.isEmpty());
    }

    @Test
    void ofAllThatIsTakenBackAtTheEndEachTaskIsThereOnce() {
        hedge(2);
        assertEquals(tasks(0, 2), awaited(flights.takeBackAll()));
        assertTrue(flights.isEmpty());
        assertNull(flights.end(slow.id()));
        assertNull(flights.end(copy.id()));
    }

    @Test
    void theSlotOfOneThatIsNotWaitedForComesBackAlsoWhenItsReplyIsLost() {
        hedge(1);
        reply(copy, done(1));
        assertTrue(flights.isEmpty());
        assertEquals(List.of(), flights.takeUnconfirmed(1), "it may still be at it");
        assertEquals(List.of(slow), flights.takeUnconfirmed(1));
        assertEquals(List.of(), slow.awaited().tasks());
        assertEquals(0, flights.size());
    }

    private static List<Task> awaited(List<InFlightBatch> flights) {
        return flights.stream()
                .flatMap(flight -> flight.awaited().tasks().stream())
                .toList();
    }

    @Test
    void nothingIsSentTwiceBeforeItIsKnownWhatIsUsual() {
        comeBack(2);
        send(HERE, 1);
        credits.add(THERE);
        assertNull(hedges.begin(LONG));
    }

    @Test
    void whereAllTakesLongNothingDoes() {
        for (int seconds : Arrays.asList(10, 20, 30)) {
            InFlightBatch flight = send(HERE, 1);
            flights.end(flight.id());
            hedges.counted(flight, done(1), TimeUnit.SECONDS.toNanos(seconds));
        }
        send(HERE, 1);
        credits.add(THERE);
        assertNull(hedges.begin(TimeUnit.SECONDS.toNanos(49)), "20 and three times 10 seconds are 50");
        assertNotNull(hedges.begin(TimeUnit.SECONDS.toNanos(51)));
    }

    @Test
    void whatIsNotOnlyReadIsNotDoneTwiceNorATaskOfALimitedJobNorOneThatMayKill() {
        credits.add(THERE);
        assertFalse(new ComputeSpec("square", Optional.empty(), List.of()).repeatable());
        hedges = hedges(new ExecSpec(List.of("true"), false, 1), Limits.NONE);
        comeBack(3);
        send(HERE, 1);
        assertNull(hedges.begin(LONG));
        hedges = hedges(
                READ, new Limits(Optional.empty(), Optional.empty(), Limits.NONE.halt(), Optional.of(new Rate(1))));
        comeBack(3);
        assertNull(hedges.begin(LONG));
        hedges = hedges(READ, Limits.NONE);
        comeBack(3);
        suspects.died(SampleTasks.task(0));
        assertNull(hedges.begin(LONG));
    }
}
