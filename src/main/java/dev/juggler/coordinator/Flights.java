package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The batches that were sent to workers and not replied to. A batch that was taken back from a lost worker is not in
 * flight any more, so that a reply that comes in spite of it counts for nothing.
 */
final class Flights {
    private final Set<Flight> flights = Collections.newSetFromMap(new IdentityHashMap<>());

    /** One batch on its way to a worker and back; told from others by identity. */
    record Flight(WorkerReady worker, Backlog.Share share, long sentNanos) {}

    Flight begin(WorkerReady worker, Backlog.Share share, long nanoTime) {
        Flight flight = new Flight(worker, share, nanoTime);
        flights.add(flight);
        return flight;
    }

    /** Takes out a batch that was replied to; false when it has been taken back. */
    boolean end(Flight flight) {
        return flights.remove(flight);
    }

    /** Takes out what a worker has not replied to. */
    List<Backlog.Share> takeBack(String worker) {
        List<Flight> lost = flights.stream()
                .filter(flight -> flight.worker.worker().equals(worker))
                .toList();
        lost.forEach(flights::remove);
        return lost.stream().map(Flight::share).toList();
    }

    /** Takes out everything that was not replied to. */
    List<Backlog.Share> takeBackAll() {
        List<Backlog.Share> all = flights.stream().map(Flight::share).toList();
        flights.clear();
        return all;
    }

    int size() {
        return flights.size();
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }
}
