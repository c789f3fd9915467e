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
final class Leases {
    /** A worker that was not heard of for so many seconds is lost: a machine that is busy may well be silent for five. */
    static final int LAPSE = 10;

    private final Map<String, Lease> leases = new HashMap<>();

    private static final class Lease {
        private final WorkerReady worker;
        private int silent;

        private Lease(WorkerReady worker) {
            this.worker = worker;
        }
    }

    /** Begins or renews a lease; true when it has begun. */
    boolean renew(WorkerReady worker) {
        Lease lease = leases.get(worker.worker());
        if (lease == null) {
            leases.put(worker.worker(), new Lease(worker));
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
        for (Lease lease : leases.values()) {
            if (++lease.silent > LAPSE) {
                lapsed.add(lease.worker);
            }
        }
        return lapsed;
    }
}
