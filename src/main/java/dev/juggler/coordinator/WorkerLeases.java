package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers in other JVMs, each of which says once a second that it is alive. Time is counted in looks and not by the
 * clock: when this JVM itself was held up, nobody has become older.
 */
final class WorkerLeases {
    /** A worker that was not heard of for so many seconds is lost: a machine that is busy may well be silent for five. */
    static final int LAPSE = 10;

    private final Map<String, WorkerLease> leases = new HashMap<>();

    private static final class WorkerLease {
        private final WorkerReady worker;
        private int silent;

        private WorkerLease(WorkerReady worker) {
            this.worker = worker;
        }
    }

    /** Begins or renews a lease; true when it has begun. */
    boolean renew(WorkerReady worker) {
        WorkerLease lease = leases.get(worker.worker());
        if (lease == null) {
            leases.put(worker.worker(), new WorkerLease(worker));
            return true;
        }
        lease.silent = 0;
        return false;
    }

    boolean knows(WorkerReady worker) {
        return leases.containsKey(worker.worker());
    }

    void end(String worker) {
        leases.remove(worker);
    }

    /** The workers of a JVM. */
    List<WorkerReady> of(String node) {
        return leases.values().stream()
                .map(lease -> lease.worker)
                .filter(worker -> worker.node().equals(node))
                .toList();
    }

    /** To be called once a second: those that have been silent for too long. */
    List<WorkerReady> look() {
        List<WorkerReady> lapsed = new ArrayList<>();
        for (WorkerLease lease : leases.values()) {
            if (++lease.silent > LAPSE) {
                lapsed.add(lease.worker);
            }
        }
        return lapsed;
    }
}
