package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Batches that are sent to a second worker, in another JVM, while the first still has them. At the end of a job nothing
 * else is left to run, and one slow task delays the whole job ("The Tail at Scale", J. Dean and L. A. Barroso,
 * Communications of the ACM, 2013). The rules:
 *
 * <ol>
 *   <li>Only repeatable work is hedged, only when no other task waits, and only batches that take far longer than those
 *       before them.
 *   <li>A batch is copied once. Neither copy is ever copied again.
 *   <li>A task that succeeded in one copy is done. Its outcome in the other copy is not awaited and does not count.
 *   <li>While both are in flight, any other end of one (a failure, a timeout, tasks that were not started, a lost
 *       worker) does not count: the other has those tasks. From then on the other is an ordinary batch and may end in
 *       any way that a batch can, including the end of the run.
 * </ol>
 *
 * So each task has one outcome for an attempt, which is counted, written and retried. A batch has ended when its two
 * copies have, and each of them is bounded as any batch is.
 *
 * <p>Confined to the coordinator's event loop, except {@link #counts}.
 */
final class HedgedBatches {
    /** The number of replies needed to know the usual duration of a batch. */
    private static final int MIN_REPLIES = 3;

    /** A batch that takes less than this is not worth a second worker. */
    private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The standard deviations above the mean at which a batch is slow: at most one in ten is (Cantelli). */
    private static final double DEVIATIONS = 3;

    private final boolean allowed;
    private final InFlightBatches inFlight;
    private final WorkerCredits credits;
    private final RunningVariance durations = new RunningVariance();
    private volatile HedgeCounts counts = new HedgeCounts(0, 0);

    HedgedBatches(Job job, InFlightBatches inFlight, WorkerCredits credits) {
        // Copies could exceed a rate limit.
        boolean limited =
                job.limits().rate().isPresent() || job.limits().perGroup().isSet();
        this.allowed = job.work().repeatable() && !limited;
        this.inFlight = inFlight;
        this.credits = credits;
    }

    /**
     * Begins a copy of a slow batch; null if no batch is slow or no worker in another JVM has credit. Called only when
     * no task waits to be dispatched.
     *
     * @param mayCopy rejects batches that must not run twice
     */
    @Nullable
    InFlightBatch begin(long nanoTime, Predicate<Batch> mayCopy) {
        if (!allowed || durations.count() < MIN_REPLIES) {
            return null;
        }
        for (InFlightBatch slow :
                inFlight.neverHedged(batch -> isSlow(batch, nanoTime) && mayCopy.test(batch.sent()))) {
            WorkerReady other = credits.acquireOutside(slow.worker().node());
            if (other != null) {
                counts = new HedgeCounts(counts.sent() + 1, counts.won());
                return inFlight.beginCopy(other, slow, nanoTime);
            }
        }
        return null;
    }

    private boolean isSlow(InFlightBatch batch, long nanoTime) {
        long elapsed = nanoTime - batch.sentNanos();
        return elapsed > MIN_NANOS && elapsed > durations.mean() + DEVIATIONS * Math.sqrt(durations.variance(0));
    }

    /**
     * Reduces a reply to the part that counts: all of it, unless the batch has or had a copy; possibly nothing.
     *
     * @param ended a batch that has just left {@link InFlightBatches}
     */
    BatchOutcome resolve(InFlightBatch ended, BatchOutcome reply, long nanoTime) {
        if (!ended.isHedged()) {
            if (allowed) {
                durations.add(nanoTime - ended.sentNanos());
            }
            return reply;
        }
        List<Outcome> awaited = reply.outcomes().stream()
                .filter(outcome -> ended.awaits(outcome.task()))
                .toList();
        List<Outcome> succeeded = awaited.stream()
                .filter(outcome -> outcome.result() instanceof Result.Succeeded)
                .toList();
        Set<Long> done =
                succeeded.stream().map(outcome -> outcome.task().index()).collect(Collectors.toSet());
        InFlightBatch other = inFlight.separate(ended, done);
        if (other == null) {
            List<Task> returned =
                    reply.returned().stream().filter(ended::awaits).toList();
            return new BatchOutcome(awaited, returned, reply.workerLost());
        }
        boolean copyWon = other.isDecided() && ended.id() > other.id();
        if (copyWon) {
            counts = new HedgeCounts(counts.sent(), counts.won() + 1);
        }
        return new BatchOutcome(succeeded, List.of(), reply.workerLost());
    }

    /** The number of copies sent and won so far; null if none was sent. Called from any thread. */
    @Nullable
    HedgeCounts counts() {
        HedgeCounts current = counts;
        return current.sent() == 0 ? null : current;
    }
}
