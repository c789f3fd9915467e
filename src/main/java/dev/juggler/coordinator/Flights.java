package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The batches that were sent to workers and not replied to, in the order they were sent. A batch that was taken back from
 * a lost worker is not in flight any more, so that a reply that comes in spite of it counts for nothing: its number is the
 * epoch of these attempts, and no other batch has it.
 */
final class Flights {
    private final Map<Long, Flight> flights = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private long begun;

    /** One batch on its way to a worker and back. */
    static final class Flight {
        private final long id;
        private final WorkerReady worker;
        private final Backlog.Share share;
        private final long sentNanos;
        private int unheard;

        private Flight(long id, WorkerReady worker, Backlog.Share share, long sentNanos) {
            this.id = id;
            this.worker = worker;
            this.share = share;
            this.sentNanos = sentNanos;
        }

        long id() {
            return id;
        }

        WorkerReady worker() {
            return worker;
        }

        Backlog.Share share() {
            return share;
        }

        /** When it was sent, as a {@link System#nanoTime}. */
        long sentNanos() {
            return sentNanos;
        }
    }

    Flight begin(WorkerReady worker, Backlog.Share share, long nanoTime) {
        Flight flight = new Flight(++begun, worker, share, nanoTime);
        flights.put(flight.id, flight);
        open.setRelease(flights.size());
        return flight;
    }

    /** Takes out a batch that was replied to; false when it has been taken back. */
    boolean end(Flight flight) {
        boolean there = flights.remove(flight.id, flight);
        open.setRelease(flights.size());
        return there;
    }

    /** Takes out what a worker has not replied to, the first sent first. */
    List<Flight> takeBack(String worker) {
        return takeOut(flight -> flight.worker.worker().equals(worker));
    }

    /** Takes out everything that was not replied to. */
    List<Flight> takeBackAll() {
        return takeOut(flight -> true);
    }

    private List<Flight> takeOut(Predicate<Flight> which) {
        List<Flight> out = new ArrayList<>(flights.values());
        out.removeIf(which.negate());
        out.forEach(flight -> flights.remove(flight.id));
        open.setRelease(flights.size());
        return out;
    }

    /** Notes that a worker has said which batches it holds. */
    void confirm(Collection<Long> held) {
        for (Long id : held) {
            Flight flight = flights.get(id);
            if (flight != null) {
                flight.unheard = 0;
            }
        }
    }

    /**
     * Takes out the batches that are with workers in other JVMs and were not confirmed for so many calls: the message with
     * them, or the reply, was lost on its way.
     */
    List<Flight> takeUnconfirmed(int calls) {
        flights.values().forEach(flight -> flight.unheard += flight.worker.remote() ? 1 : 0);
        return takeOut(flight -> flight.unheard > calls);
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }

    int size() {
        return flights.size();
    }

    /** The same, a moment later; called from any thread. */
    int lately() {
        return open.getAcquire();
    }
}
