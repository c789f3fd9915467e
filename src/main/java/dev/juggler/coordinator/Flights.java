package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The batches that workers have and have not answered. */
final class Flights {
    private final Map<String, Set<Flight>> byWorker = new HashMap<>();
    private int count;

    /** One batch on its way; two of the same content are still two. */
    static final class Flight {
        private final WorkerReady worker;
        private final Backlog.Share share;

        private Flight(WorkerReady worker, Backlog.Share share) {
            this.worker = worker;
            this.share = share;
        }

        WorkerReady worker() {
            return worker;
        }

        Backlog.Share share() {
            return share;
        }
    }

    Flight begin(WorkerReady worker, Backlog.Share share) {
        Flight flight = new Flight(worker, share);
        byWorker.computeIfAbsent(worker.worker(), id -> new LinkedHashSet<>()).add(flight);
        count++;
        return flight;
    }

    /** Notes that a batch was answered; false when it had been given up before. */
    boolean end(Flight flight) {
        boolean open = byWorker.getOrDefault(flight.worker.worker(), Set.of()).remove(flight);
        if (open) {
            count--;
        }
        return open;
    }

    /** Gives up all batches of a worker and returns what they held. */
    List<Backlog.Share> endAll(WorkerReady worker) {
        Set<Flight> open = byWorker.remove(worker.worker());
        if (open == null) {
            return List.of();
        }
        count -= open.size();
        return open.stream().map(Flight::share).toList();
    }

    boolean isEmpty() {
        return count == 0;
    }
}
