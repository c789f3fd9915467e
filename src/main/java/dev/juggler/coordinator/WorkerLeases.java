package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The leases of workers in other JVMs, each renewed by a heartbeat once a second. Time is counted in calls of
 * {@link #expire} and not by the clock, so that no lease ages while this JVM itself is suspended.
 */
final class WorkerLeases {
    /** A worker without a heartbeat for this long is lost. On a busy machine heartbeats may be missing for 5 s. */
    static final int TIMEOUT_SECONDS = 10;

    private final Map<String, WorkerLease> leases = new HashMap<>();

    private static final class WorkerLease {
        private final WorkerReady worker;
        private int missedSeconds;

        private WorkerLease(WorkerReady worker) {
            this.worker = worker;
        }
    }

    /** Starts or renews a lease; true if it is new. */
    boolean renew(WorkerReady worker) {
        WorkerLease lease = leases.get(worker.worker());
        if (lease == null) {
            leases.put(worker.worker(), new WorkerLease(worker));
            return true;
        }
        lease.missedSeconds = 0;
        return false;
    }

    boolean has(WorkerReady worker) {
        return leases.containsKey(worker.worker());
    }

    void end(WorkerReady worker) {
        leases.remove(worker.worker());
    }

    /** The workers of a JVM that have a lease. */
    List<WorkerReady> of(String node) {
        return leases.values().stream()
                .map(lease -> lease.worker)
                .filter(worker -> worker.node().equals(node))
                .toList();
    }

    /** Counts one second; returns the workers whose lease has timed out. Their leases stay until {@link #end}. */
    List<WorkerReady> expire() {
        List<WorkerReady> expired = new ArrayList<>();
        for (WorkerLease lease : leases.values()) {
            if (++lease.missedSeconds > TIMEOUT_SECONDS) {
                expired.add(lease.worker);
            }
        }
        return expired;
    }
}
