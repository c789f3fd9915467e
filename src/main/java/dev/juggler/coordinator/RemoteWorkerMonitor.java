package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.InFlightBatches.InFlightBatch;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The workers in other JVMs: whether they are alive, and what becomes of their batches when they are not. A batch has a
 * lease, which its worker renews once a second for as long as it has it; so a task may take as long as it likes and is
 * begun nowhere else.
 */
final class RemoteWorkerMonitor {
    private final WorkerCredits credits;
    private final InFlightBatches flights;
    private final PoisonTaskDetector suspects;
    private final TaskResults returns;
    private final Consumer<WorkerReady> onSilent;
    private final WorkerLeases leases = new WorkerLeases();

    /**
     * Knows of no worker yet.
     *
     * @param onSilent hears of a worker that was not heard of for too long; its batches are dealt with by then
     */
    RemoteWorkerMonitor(
            WorkerCredits credits,
            InFlightBatches flights,
            PoisonTaskDetector suspects,
            TaskResults returns,
            Consumer<WorkerReady> onSilent) {
        this.credits = credits;
        this.flights = flights;
        this.suspects = suspects;
        this.returns = returns;
        this.onSilent = onSilent;
    }

    /**
     * A worker has said that it is alive; true when it is a new one. One that was given up, and comes back, is new when it
     * has done with what it had then.
     */
    boolean renew(WorkerHeartbeat alive) {
        flights.confirm(alive.flights());
        boolean taken = leases.knows(alive.worker()) || alive.flights().isEmpty();
        return taken && leases.renew(alive.worker());
    }

    /** To be called once a second. */
    void look() {
        for (WorkerReady worker : leases.look()) {
            lose(worker, "not heard of for " + WorkerLeases.LAPSE + " seconds");
            onSilent.accept(worker);
        }
        for (InFlightBatch flight : flights.takeUnconfirmed(WorkerLeases.LAPSE)) {
            credits.giveBack(flight.worker(), 0);
            returns.takeBack(flight.awaited());
        }
    }

    /** Forgets a worker whose batches are dealt with. */
    void forget(WorkerReady worker) {
        leases.end(worker.worker());
    }

    /** A whole JVM is dead, or cannot be reached. */
    void lose(String node, String why) {
        leases.of(node).forEach(worker -> lose(worker, why));
    }

    /**
     * What it was doing may have killed it. Where batches were sent ahead it may have been any of them: one follows the other
     * before the word of its end has left. Otherwise what is beyond its credit was not begun.
     */
    private void lose(WorkerReady worker, String why) {
        int begun = credits.ahead(worker) > 0 ? Integer.MAX_VALUE : worker.credit();
        leases.end(worker.worker());
        credits.remove(worker.worker());
        for (InFlightBatch flight : flights.takeBack(worker.worker())) {
            if (begun-- > 0) {
                flight.sent().tasks().forEach(task -> died(task, flight, why));
            } else {
                returns.takeBack(flight.awaited());
            }
        }
    }

    private void died(Task task, InFlightBatch flight, String why) {
        boolean poison = suspects.died(task);
        if (!flight.awaits(task)) {
            return;
        }
        TaskError error = poison ? TaskError.poison(PoisonTaskDetector.POISON, why) : TaskError.workerLost(why);
        long ran = System.nanoTime() - flight.sentNanos();
        returns.takeLost(
                new Outcome(
                        task,
                        flight.sent().attempt(),
                        new Result.Failed(error),
                        flight.worker().worker(),
                        EpochMicros.micros() - TimeUnit.NANOSECONDS.toMicros(ran),
                        0,
                        ran),
                poison);
    }
}
