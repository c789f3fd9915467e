package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.List;

/**
 * Monitors the workers in other JVMs and reclaims the batches of those that die. Each worker, and each batch it holds,
 * has a lease, which the worker's heartbeat renews once a second. So a task may take any time without being started
 * elsewhere.
 *
 * <p>Confined to the coordinator's event loop.
 */
final class RemoteWorkerMonitor {
    private final WorkerCredits credits;
    private final InFlightBatches inFlight;
    private final WorkerLeases leases = new WorkerLeases();

    RemoteWorkerMonitor(WorkerCredits credits, InFlightBatches inFlight) {
        this.credits = credits;
        this.inFlight = inFlight;
    }

    /**
     * A worker whose JVM died or stopped sending heartbeats. It has no more credit, and its batches are no longer in
     * flight.
     *
     * @param why the reason, for the errors of its attempts
     * @param started batches with tasks that it may have been running, oldest first
     * @param unstarted batches that it cannot have started, oldest first
     */
    record LostWorker(WorkerReady worker, String why, List<InFlightBatch> started, List<InFlightBatch> unstarted) {}

    /**
     * The result of {@link #expire}.
     *
     * @param workers workers that sent no heartbeat for too long
     * @param batches batches of live workers that no heartbeat confirmed for too long; their credit is released
     */
    record ExpiredLeases(List<LostWorker> workers, List<InFlightBatch> batches) {}

    /**
     * Renews the leases that a heartbeat names; true if the worker is new. A worker whose lease expired is new again
     * once it holds none of its old batches.
     */
    boolean renew(WorkerHeartbeat heartbeat) {
        inFlight.confirm(heartbeat.flights());
        boolean accepted = leases.has(heartbeat.worker()) || heartbeat.flights().isEmpty();
        return accepted && leases.renew(heartbeat.worker());
    }

    /** Counts one second and ends the leases that were not renewed for {@link WorkerLeases#TIMEOUT_SECONDS}. */
    ExpiredLeases expire() {
        List<LostWorker> lost = new ArrayList<>();
        for (WorkerReady worker : leases.expire()) {
            lost.add(remove(worker, "not heard of for " + WorkerLeases.TIMEOUT_SECONDS + " seconds"));
        }
        List<InFlightBatch> batches = inFlight.reclaimUnconfirmed(WorkerLeases.TIMEOUT_SECONDS);
        batches.forEach(batch -> credits.release(batch.worker(), 0));
        return new ExpiredLeases(lost, batches);
    }

    /** Ends the lease of a worker whose batches are handled elsewhere. */
    void forget(WorkerReady worker) {
        leases.end(worker);
    }

    /** Ends the leases of all workers of a JVM that died or cannot be reached. */
    List<LostWorker> nodeLost(String node, String why) {
        return leases.of(node).stream().map(worker -> remove(worker, why)).toList();
    }

    /**
     * Removes a worker and divides its batches into started and unstarted ones. A worker starts at most its credit at a
     * time. With prefetched batches it may have started any of them: it starts the next before the reply to the last is
     * sent.
     */
    private LostWorker remove(WorkerReady worker, String why) {
        boolean prefetched = credits.prefetched(worker) > 0;
        leases.end(worker);
        credits.remove(worker.worker());
        List<InFlightBatch> batches = inFlight.reclaim(worker.worker());
        int started = prefetched ? batches.size() : Math.min(worker.credit(), batches.size());
        return new LostWorker(worker, why, batches.subList(0, started), batches.subList(started, batches.size()));
    }
}
