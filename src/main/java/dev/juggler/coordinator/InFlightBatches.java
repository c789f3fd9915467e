package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The batches that were sent to workers and not replied to, in the order they were sent. A batch that was taken back from
 * a lost worker is not in flight any more, so that a reply that comes in spite of it counts for nothing: its number is the
 * epoch of these attempts, and no other batch has it.
 *
 * <p>A batch may have a copy at a second worker (see {@link HedgedBatches} for the rules). Each task of the two is awaited of at
 * least one of them, until it has come; a copy of which nothing is awaited any more counts as no flight, though its worker
 * has no free slot before it replies.
 */
final class InFlightBatches {
    private final Map<Long, InFlightBatch> flights = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private long begun;
    private int beaten;

    /** One batch on its way to a worker and back. */
    static final class InFlightBatch {
        private final long id;
        private final WorkerReady worker;
        private final Batch sent;
        private final long sentNanos;
        private Batch awaited;
        /** The indexes of those tasks; null for all that were sent. */
        private Set<Long> left;

        private int unheard;
        private boolean hedged;
        private InFlightBatch copy;

        private InFlightBatch(long id, WorkerReady worker, Batch share, long sentNanos) {
            this.id = id;
            this.worker = worker;
            this.sent = share;
            this.awaited = share;
            this.sentNanos = sentNanos;
        }

        long id() {
            return id;
        }

        WorkerReady worker() {
            return worker;
        }

        /** What its worker was given. */
        Batch sent() {
            return sent;
        }

        /** What is to come of it, or is to be done elsewhere when it does not. */
        Batch awaited() {
            return awaited;
        }

        boolean awaits(Task task) {
            return left == null || left.contains(task.index());
        }

        /** When it was sent, as a {@link System#nanoTime}. */
        long sentNanos() {
            return sentNanos;
        }

        /** Whether it is, or was, one of two copies. */
        boolean isHedged() {
            return hedged;
        }

        private boolean isBeaten() {
            return awaited.tasks().isEmpty();
        }

        /** Parts it from its copy, which it returns; null when it is in flight alone. */
        private InFlightBatch part() {
            InFlightBatch other = copy;
            if (other != null) {
                other.copy = null;
                copy = null;
            }
            return other;
        }

        private void await(List<Task> tasks) {
            awaited = new Batch(tasks, sent.attempt(), false);
            left = tasks.stream().map(Task::index).collect(Collectors.toSet());
        }
    }

    InFlightBatch begin(WorkerReady worker, Batch share, long nanoTime) {
        InFlightBatch flight = new InFlightBatch(++begun, worker, share, nanoTime);
        flights.put(flight.id, flight);
        open.setRelease(size());
        return flight;
    }

    /** The same tasks once more, at another worker. */
    InFlightBatch beginCopy(WorkerReady worker, InFlightBatch first, long nanoTime) {
        InFlightBatch second = begin(worker, first.sent, nanoTime);
        second.hedged = true;
        first.hedged = true;
        second.copy = first;
        first.copy = second;
        return second;
    }

    /** The batches that have no copy and never had one. */
    List<InFlightBatch> single(Predicate<InFlightBatch> which) {
        return flights.values().stream()
                .filter(flight -> !flight.hedged && which.test(flight))
                .toList();
    }

    /**
     * Parts one that has ended from its copy, of which all but the tasks that are done are awaited from now on.
     *
     * @param done their indexes
     * @return the copy; null when there is none in flight
     */
    InFlightBatch leave(InFlightBatch ended, Set<Long> done) {
        InFlightBatch other = ended.part();
        if (other != null) {
            other.await(other.awaited.tasks().stream()
                    .filter(task -> !done.contains(task.index()))
                    .toList());
            beaten += other.isBeaten() ? 1 : 0;
            open.setRelease(size());
        }
        return other;
    }

    /** Takes out the batch of this number, which was replied to; null when it has been taken back. */
    InFlightBatch end(long id) {
        InFlightBatch flight = flights.remove(id);
        beaten -= flight != null && flight.isBeaten() ? 1 : 0;
        open.setRelease(size());
        return flight;
    }

    /** Takes out what a worker has not replied to, the first sent first. */
    List<InFlightBatch> takeBack(String worker) {
        return takeOut(flight -> flight.worker.worker().equals(worker));
    }

    /** Takes out everything that was not replied to. */
    List<InFlightBatch> takeBackAll() {
        return takeOut(flight -> true);
    }

    private List<InFlightBatch> takeOut(Predicate<InFlightBatch> which) {
        List<InFlightBatch> out = new ArrayList<>(flights.values());
        out.removeIf(which.negate());
        out.forEach(flight -> end(flight.id));
        for (InFlightBatch flight : out) {
            if (flight.part() != null) {
                // Its copy goes on with the tasks.
                flight.await(List.of());
            }
        }
        return out;
    }

    /** Notes that a worker has said which batches it holds. */
    void confirm(Collection<Long> held) {
        for (Long id : held) {
            InFlightBatch flight = flights.get(id);
            if (flight != null) {
                flight.unheard = 0;
            }
        }
    }

    /**
     * Takes out the batches that are with workers in other JVMs and were not confirmed for so many calls: the message with
     * them, or the reply, was lost on its way.
     */
    List<InFlightBatch> takeUnconfirmed(int calls) {
        flights.values().forEach(flight -> flight.unheard += flight.worker.remote() ? 1 : 0);
        return takeOut(flight -> flight.unheard > calls);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** How many there are of which something is awaited. */
    int size() {
        return flights.size() - beaten;
    }

    /** The same, a moment later; called from any thread. */
    int lately() {
        return open.getAcquire();
    }
}
