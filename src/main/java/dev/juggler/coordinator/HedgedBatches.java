package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.InFlightBatches.InFlightBatch;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Batches that are sent to a second worker, in another JVM, though the first still has them: at the end of a job nothing
 * else is to be done, and one task that takes long holds up all ("The Tail at Scale", J. Dean and L. A. Barroso,
 * Communications of the ACM, 2013). The rules:
 *
 * <ol>
 *   <li>Only work that may be done twice, only when nothing else waits, and only what takes far longer than the batches
 *       before it.
 *   <li>A batch is copied once. Neither of the two is ever copied again.
 *   <li>A task that has succeeded in one copy is done; the other is not waited for, and what it says of the task counts for
 *       nothing.
 *   <li>While both are in flight, whatever else comes of one (a failure, a time-out, tasks that were not begun, a lost
 *       worker) counts for nothing: the other has those tasks, and is a batch like any other from then on, which ends in
 *       every way in which a batch can end, the end of the run among them.
 * </ol>
 *
 * So each task has one outcome for an attempt, which is what is counted, written and retried; and a batch has ended when
 * its two copies have, each of which is bounded as any batch is.
 *
 * <p>Confined to the coordinator's event loop, but for {@link #result}.
 */
final class HedgedBatches {
    /** Nothing is known of how long batches take before so many have come back. */
    private static final int FEWEST = 3;

    /** What takes no longer than this is not worth a second worker. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What takes longer than the mean by so many standard deviations: one in ten at most (Cantelli). */
    private static final double DEVIATIONS = 3;

    private final boolean allowed;
    private final InFlightBatches flights;
    private final WorkerCredits credits;
    private final PoisonTaskDetector suspects;
    private final TaskGroups groups;
    private final RunningVariance nanos = new RunningVariance();
    private volatile HedgeCounts result;

    HedgedBatches(
            Job job, InFlightBatches flights, WorkerCredits credits, PoisonTaskDetector suspects, TaskGroups groups) {
        // Whoever asks for a limit does not want more than that, for speed least of all.
        boolean limited =
                job.limits().rate().isPresent() || job.limits().perGroup().isSet();
        this.allowed = job.work().repeatable() && !limited;
        this.flights = flights;
        this.credits = credits;
        this.suspects = suspects;
        this.groups = groups;
    }

    /** A batch that takes long, begun a second time; null when there is none, or nobody for it. Nothing else may wait. */
    InFlightBatch begin(long nanoTime) {
        if (!allowed || nanos.count() < FEWEST || groups.inForce(nanoTime)) {
            return null;
        }
        for (InFlightBatch slow : flights.single(flight -> isSlow(flight, nanoTime))) {
            WorkerReady other = credits.takeElsewhere(slow.worker().node());
            if (other != null) {
                result = result == null ? new HedgeCounts(1, 0) : new HedgeCounts(result.sent() + 1, result.won());
                return flights.beginCopy(other, slow, nanoTime);
            }
        }
        return null;
    }

    private boolean isSlow(InFlightBatch flight, long nanoTime) {
        long lasted = nanoTime - flight.sentNanos();
        return lasted > LEAST_NANOS
                && lasted > nanos.mean() + DEVIATIONS * Math.sqrt(nanos.variance(0))
                && !suspects.know(flight.sent().tasks());
    }

    /** What counts of a batch that has just come back, and is in flight no more; there may be nothing. */
    BatchOutcome counted(InFlightBatch flight, BatchOutcome batch, long nanoTime) {
        if (!flight.isHedged()) {
            if (allowed) {
                nanos.add(nanoTime - flight.sentNanos());
            }
            return batch;
        }
        List<Outcome> awaited = batch.outcomes().stream()
                .filter(outcome -> flight.awaits(outcome.task()))
                .toList();
        List<Outcome> succeeded = awaited.stream()
                .filter(outcome -> outcome.result() instanceof Result.Succeeded)
                .toList();
        Set<Long> done =
                succeeded.stream().map(outcome -> outcome.task().index()).collect(Collectors.toSet());
        InFlightBatch other = flights.leave(flight, done);
        if (other == null) {
            List<Task> returned =
                    batch.returned().stream().filter(flight::awaits).toList();
            return new BatchOutcome(awaited, returned, batch.workerLost());
        }
        if (other.awaited().tasks().isEmpty() && flight.id() > other.id()) {
            result = new HedgeCounts(result.sent(), result.won() + 1);
        }
        return new BatchOutcome(succeeded, List.of(), batch.workerLost());
    }

    /** What it has come to so far; null when nothing was sent twice. Called from any thread. */
    HedgeCounts result() {
        return result;
    }
}
