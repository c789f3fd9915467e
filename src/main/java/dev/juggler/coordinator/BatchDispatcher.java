package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches to workers that have credit, and follows each batch until its worker has replied or is lost.
 *
 * <p>Confined to the coordinator's event loop, but for {@link #recentInFlight} and {@link #hedgeCounts}.
 */
final class BatchDispatcher {
    private final WorkerCredits credits = new WorkerCredits();
    private final InFlightBatches inFlight = new InFlightBatches();
    private final RemoteWorkerMonitor remoteWorkers = new RemoteWorkerMonitor(credits, inFlight);
    private final HedgedBatches hedges;
    private final Prefetch prefetch;
    private final BatchSender sender;

    /**
     * Creates a dispatcher without workers.
     *
     * @param vertx the Vert.x of the event bus; called at the first dispatch
     * @param onUndelivered takes the reply in place of a worker that does not exist; see {@link BatchSender}
     */
    BatchDispatcher(Job job, Supplier<Vertx> vertx, Consumer<BatchReplies> onUndelivered) {
        this.sender = new BatchSender(vertx, onUndelivered);
        this.hedges = new HedgedBatches(job, inFlight, credits);
        this.prefetch = new Prefetch(job);
    }

    /** Adds a worker that announced itself; a known one stays as it is. */
    void add(WorkerReady worker) {
        credits.add(worker);
    }

    /** Renews the leases of a remote worker; true if it is new and must be added. */
    boolean renew(WorkerHeartbeat heartbeat) {
        return remoteWorkers.renew(heartbeat);
    }

    /** Sends no more to this worker; its batches are still answered. */
    void retire(WorkerReady worker) {
        credits.remove(worker.worker());
    }

    /** Sends no more to any of the present workers; their batches are still answered. */
    void retireAll() {
        credits.removeAll();
    }

    boolean hasCredit() {
        return credits.isAvailable();
    }

    /** The number of batches that the workers take at a time. */
    int slots() {
        return credits.slots();
    }

    /** The number of batches in flight. */
    int inFlight() {
        return inFlight.size();
    }

    /** The recent number of batches in flight. Called from any thread. */
    int recentInFlight() {
        return inFlight.recentSize();
    }

    /**
     * Gives a batch to the next worker with credit, which receives it with the next {@link #flush}.
     *
     * @param budgetNanos the time after which the worker returns the tasks not started; 0 for none
     */
    void dispatch(Batch batch, long budgetNanos) {
        sender.add(inFlight.begin(credits.acquire(), batch, System.nanoTime()), budgetNanos);
    }

    /**
     * Gives a copy of a slow batch to a second worker; false if no batch is slow, or no worker is free for it.
     *
     * @param mayCopy rejects batches that must not run twice
     */
    boolean dispatchCopy(long budgetNanos, Predicate<Batch> mayCopy) {
        InFlightBatch copy = hedges.begin(System.nanoTime(), mayCopy);
        if (copy != null) {
            sender.add(copy, budgetNanos);
        }
        return copy != null;
    }

    /** Sends the dispatched batches. */
    void flush() {
        sender.send();
    }

    /**
     * A batch that is no longer in flight.
     *
     * @param reply the part of its worker's reply that counts: less than all if the batch had a copy
     */
    record CompletedBatch(InFlightBatch batch, BatchOutcome reply) {}

    /**
     * Ends the flight of a batch and returns its worker's credit, unless the worker is lost.
     *
     * @return null if the batch was reclaimed before, so that its reply no longer counts
     */
    @Nullable
    CompletedBatch complete(BatchReply reply) {
        InFlightBatch batch = inFlight.end(reply.flight());
        if (batch == null) {
            return null;
        }
        if (!reply.outcome().workerLost()) {
            credits.release(batch.worker(), prefetch.after(batch.worker(), reply.outcome()));
        }
        return new CompletedBatch(batch, hedges.resolve(batch, reply.outcome(), System.nanoTime()));
    }

    /** Forgets a stuck worker; false if it was forgotten before. Its batches stay in flight. */
    boolean forget(WorkerReady worker) {
        boolean known = credits.remove(worker.worker());
        if (known) {
            remoteWorkers.forget(worker);
        }
        return known;
    }

    /** Removes and returns the batches of a worker that will not reply, oldest first. */
    List<InFlightBatch> reclaim(WorkerReady worker) {
        return inFlight.reclaim(worker.worker());
    }

    /** Removes and returns all batches, oldest first. */
    List<InFlightBatch> reclaimAll() {
        return inFlight.reclaimAll();
    }

    /** Expires leases. Called once a second. */
    RemoteWorkerMonitor.ExpiredLeases expireLeases() {
        return remoteWorkers.expire();
    }

    /** Forgets the workers of a JVM that died. */
    List<RemoteWorkerMonitor.LostWorker> nodeLost(String node, String why) {
        return remoteWorkers.nodeLost(node, why);
    }

    /** The number of batches that were sent twice; null if none was. Called from any thread. */
    @Nullable
    HedgeCounts hedgeCounts() {
        return hedges.counts();
    }
}
