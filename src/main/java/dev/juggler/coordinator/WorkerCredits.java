package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all workers, one for each batch. They are reused in the order of their release, so faster workers get
 * more batches.
 */
final class WorkerCredits {
    private final Map<String, WorkerReady> workers = new HashMap<>();
    /** Slots of each worker, acquired or free. */
    private final Map<String, Integer> slotsOf = new HashMap<>();

    private final Deque<WorkerReady> free = new ArrayDeque<>();
    private int slots;

    /** Adds a worker with as many slots as its credit; a known worker stays as it is. */
    void add(WorkerReady worker) {
        if (workers.putIfAbsent(worker.worker(), worker) == null) {
            slots += worker.credit();
            slotsOf.put(worker.worker(), worker.credit());
            for (int i = 0; i < worker.credit(); i++) {
                free.add(worker);
            }
        }
    }

    /** Forgets a worker and its free slots; false if it is unknown. */
    boolean remove(String worker) {
        WorkerReady removed = workers.remove(worker);
        if (removed == null) {
            return false;
        }
        Integer removedSlots = slotsOf.remove(worker);
        slots -= removedSlots == null ? 0 : removedSlots;
        free.removeIf(slot -> slot.worker().equals(worker));
        return true;
    }

    /** Forgets all workers. */
    void removeAll() {
        workers.clear();
        slotsOf.clear();
        free.clear();
        slots = 0;
    }

    boolean isAvailable() {
        return !free.isEmpty();
    }

    /**
     * Takes the slot that has been free for longest.
     *
     * @throws java.util.NoSuchElementException if none is free
     */
    WorkerReady acquire() {
        return free.remove();
    }

    /** Takes a slot of a worker in another JVM than {@code node}; null if none is free. */
    @Nullable
    WorkerReady acquireOutside(String node) {
        for (WorkerReady worker : free) {
            if (!worker.node().equals(node)) {
                free.removeFirstOccurrence(worker);
                return worker;
            }
        }
        return null;
    }

    /**
     * Releases a slot and adjusts the number of slots of its worker to its credit plus {@code prefetch}: missing ones
     * are added at once; if there is a surplus, the released slot is removed. Does nothing for an unknown worker.
     */
    void release(WorkerReady worker, int prefetch) {
        Integer present = slotsOf.get(worker.worker());
        if (present == null) {
            return;
        }
        int wanted = worker.credit() + prefetch;
        int change = wanted < present ? -1 : wanted - present;
        for (int i = 0; i < change + 1; i++) {
            free.add(worker);
        }
        slotsOf.put(worker.worker(), present + change);
        slots += change;
    }

    /** The number of slots that a worker has beyond its credit; 0 for an unknown worker. */
    int prefetched(WorkerReady worker) {
        return Math.max(0, slotsOf.getOrDefault(worker.worker(), 0) - worker.credit());
    }

    /** The number of slots of all workers, acquired or free. */
    int slots() {
        return slots;
    }
}
