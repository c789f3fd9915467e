package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Which workers can take a batch now. Slots come back in the order they are freed, so work spreads by speed. */
final class WorkerCredits {
    private final Map<String, WorkerReady> workers = new HashMap<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final Deque<WorkerReady> free = new ArrayDeque<>();
    private int slots;

    void add(WorkerReady worker) {
        if (workers.putIfAbsent(worker.worker(), worker) == null) {
            slots += worker.credit();
            open.put(worker.worker(), worker.credit());
            for (int i = 0; i < worker.credit(); i++) {
                free.add(worker);
            }
        }
    }

    /** Forgets a worker and its free slots; false when it was gone already. */
    boolean remove(String worker) {
        WorkerReady gone = workers.remove(worker);
        if (gone == null) {
            return false;
        }
        slots -= open.remove(worker);
        free.removeIf(slot -> slot.worker().equals(worker));
        return true;
    }

    /** Forgets all workers that are there; what they have still comes back. */
    void removeAll() {
        workers.clear();
        open.clear();
        free.clear();
        slots = 0;
    }

    boolean available() {
        return !free.isEmpty();
    }

    /** A worker with a free slot, which is taken. */
    WorkerReady take() {
        return free.remove();
    }

    /** The same in another JVM than this one; null when there is none. */
    WorkerReady takeElsewhere(String node) {
        for (WorkerReady worker : free) {
            if (!worker.node().equals(node)) {
                free.removeFirstOccurrence(worker);
                return worker;
            }
        }
        return null;
    }

    /**
     * Gives a slot back, and makes slots so that the worker has {@code ahead} more than it works on at a time; where it has
     * more than that, the slot goes. Nothing happens when the worker is gone.
     */
    void giveBack(WorkerReady worker, int ahead) {
        Integer has = open.get(worker.worker());
        if (has == null) {
            return;
        }
        int wanted = worker.credit() + ahead;
        int change = wanted < has ? -1 : wanted - has;
        for (int i = 0; i < change + 1; i++) {
            free.add(worker);
        }
        open.put(worker.worker(), has + change);
        slots += change;
    }

    /** How many batches a worker may have beyond those it works on; 0 when it is gone. */
    int ahead(WorkerReady worker) {
        return Math.max(0, open.getOrDefault(worker.worker(), 0) - worker.credit());
    }

    /** All slots, taken or free. */
    int slots() {
        return slots;
    }
}
