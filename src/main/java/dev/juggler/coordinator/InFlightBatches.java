package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The batches that were sent to workers and are not answered, oldest first. A batch that was reclaimed from a lost
 * worker is no longer in flight, and a late reply to it does not count: the unique number of its flight is the epoch of
 * these attempts.
 *
 * <p>A batch may have a copy at a second worker; {@link HedgedBatches} has the rules. Each of their tasks is awaited
 * from at least one of them until its outcome arrives. A copy without awaited tasks does not count as in flight, though
 * its worker has no free slot before it replies.
 *
 * <p>Confined to the coordinator's event loop, except {@link #recentSize}.
 */
final class InFlightBatches {
    private final Map<Long, InFlightBatch> batches = new LinkedHashMap<>();
    private final AtomicInteger recentSize = new AtomicInteger();
    private long lastId;
    private int decided;

    InFlightBatch begin(WorkerReady worker, Batch batch, long nanoTime) {
        InFlightBatch begun = new InFlightBatch(++lastId, worker, batch, nanoTime);
        batches.put(begun.id(), begun);
        publishSize();
        return begun;
    }

    /** Begins a flight of the same tasks at another worker. */
    InFlightBatch beginCopy(WorkerReady worker, InFlightBatch first, long nanoTime) {
        InFlightBatch copy = begin(worker, first.sent(), nanoTime);
        copy.pairWith(first);
        return copy;
    }

    /** The batches among these that have no copy and never had one. */
    List<InFlightBatch> neverHedged(Predicate<InFlightBatch> condition) {
        return batches.values().stream()
                .filter(batch -> !batch.isHedged() && condition.test(batch))
                .toList();
    }

    /**
     * Separates a batch that ended from its copy, which no longer awaits the tasks that are done.
     *
     * @param done the indexes of these tasks
     * @return the copy; null if none is in flight
     */
    @Nullable
    InFlightBatch separate(InFlightBatch ended, Set<Long> done) {
        InFlightBatch copy = ended.separate();
        if (copy != null) {
            copy.settle(done);
            decided += copy.isDecided() ? 1 : 0;
            publishSize();
        }
        return copy;
    }

    /** Removes and returns the batch of this number; null if it was answered or reclaimed before. */
    @Nullable
    InFlightBatch end(long id) {
        InFlightBatch ended = batches.remove(id);
        decided -= ended != null && ended.isDecided() ? 1 : 0;
        publishSize();
        return ended;
    }

    /** Removes and returns the batches of a worker, oldest first. */
    List<InFlightBatch> reclaim(String worker) {
        return reclaimIf(batch -> batch.worker().worker().equals(worker));
    }

    /** Removes and returns all batches, oldest first. */
    List<InFlightBatch> reclaimAll() {
        return reclaimIf(batch -> true);
    }

    private List<InFlightBatch> reclaimIf(Predicate<InFlightBatch> condition) {
        List<InFlightBatch> reclaimed = new ArrayList<>(batches.values());
        reclaimed.removeIf(condition.negate());
        reclaimed.forEach(batch -> end(batch.id()));
        for (InFlightBatch batch : reclaimed) {
            if (batch.separate() != null) {
                // Its copy keeps the tasks.
                batch.await(List.of());
            }
        }
        return reclaimed;
    }

    /** Records that a worker holds these batches. */
    void confirm(Collection<Long> held) {
        for (Long id : held) {
            InFlightBatch batch = batches.get(id);
            if (batch != null) {
                batch.confirm();
            }
        }
    }

    /**
     * Counts one second. Removes and returns the batches of workers in other JVMs that were not confirmed for more than
     * {@code seconds}: the message with the batch, or the reply, was lost.
     */
    List<InFlightBatch> reclaimUnconfirmed(int seconds) {
        return reclaimIf(batch -> batch.countSecond() > seconds);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** The number of batches with awaited tasks. */
    int size() {
        return batches.size() - decided;
    }

    private void publishSize() {
        recentSize.setRelease(size());
    }

    /** A recent {@link #size}. Called from any thread. */
    int recentSize() {
        return recentSize.getAcquire();
    }
}
