package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.RemoteWorkerMonitor.ExpiredLeases;
import dev.juggler.coordinator.RemoteWorkerMonitor.LostWorker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RemoteWorkerMonitorTest {
    private final WorkerReady worker = new WorkerReady("other.threads-0", "a", 1, "other");
    private final WorkerCredits credits = new WorkerCredits();
    private final InFlightBatches inFlight = new InFlightBatches();
    private final RemoteWorkerMonitor monitor = new RemoteWorkerMonitor(credits, inFlight);

    private void announce() {
        assertTrue(heartbeat());
        credits.add(worker);
    }

    private boolean heartbeat(InFlightBatch... held) {
        return monitor.renew(new WorkerHeartbeat(
                worker, Stream.of(held).map(InFlightBatch::id).toList()));
    }

    private InFlightBatch send() {
        return inFlight.begin(credits.acquire(), new Batch(tasks(0, 2), 1, true), 0);
    }

    private void assertNothingExpires() {
        assertEquals(new ExpiredLeases(List.of(), List.of()), monitor.expire());
    }

    @Test
    void aWorkerIsNewOnce() {
        announce();
        assertFalse(heartbeat());
    }

    @Test
    void heartbeatsRenewTheLeasesOfAWorkerAndItsBatch() {
        announce();
        InFlightBatch batch = send();
        for (int second = 0; second < 5 * WorkerLeases.TIMEOUT_SECONDS; second++) {
            assertNothingExpires();
            assertFalse(heartbeat(batch));
        }
        assertEquals(1, inFlight.size());
    }

    @Test
    void aSilentWorkerIsLostWithItsBatches() {
        announce();
        InFlightBatch batch = send();
        for (int second = 0; second < WorkerLeases.TIMEOUT_SECONDS; second++) {
            assertNothingExpires();
        }
        ExpiredLeases expired = monitor.expire();
        String why = "not heard of for " + WorkerLeases.TIMEOUT_SECONDS + " seconds";
        assertEquals(List.of(new LostWorker(worker, why, List.of(batch), List.of())), expired.workers());
        assertEquals(List.of(), expired.batches());
        assertTrue(inFlight.isEmpty());
        assertEquals(0, credits.slots());
        assertNothingExpires();
    }

    @Test
    void aLostWorkerIsNewAgainOnceItHoldsNoOldBatch() {
        announce();
        InFlightBatch batch = send();
        monitor.nodeLost("other", "gone");
        assertFalse(heartbeat(batch));
        assertFalse(heartbeat(batch));
        assertTrue(heartbeat());
    }

    @Test
    void aBatchThatALiveWorkerDoesNotHoldIsReclaimedAndItsSlotReleased() {
        announce();
        InFlightBatch batch = send();
        for (int second = 0; second < WorkerLeases.TIMEOUT_SECONDS; second++) {
            assertNothingExpires();
            heartbeat();
        }
        assertFalse(credits.isAvailable());
        assertEquals(new ExpiredLeases(List.of(), List.of(batch)), monitor.expire());
        assertTrue(credits.isAvailable());
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void batchesBeyondItsCreditWereNotStarted() {
        announce();
        InFlightBatch first = send();
        InFlightBatch second = inFlight.begin(worker, new Batch(tasks(2, 4), 1, true), 0);
        assertEquals(
                List.of(new LostWorker(worker, "gone", List.of(first), List.of(second))),
                monitor.nodeLost("other", "gone"));
    }

    @Test
    void anyPrefetchedBatchMayHaveBeenStarted() {
        announce();
        InFlightBatch first = send();
        credits.release(worker, 1);
        InFlightBatch second = send();
        assertEquals(
                List.of(new LostWorker(worker, "gone", List.of(first, second), List.of())),
                monitor.nodeLost("other", "gone"));
    }

    @Test
    void aNodeIsLostWithItsWorkersOnly() {
        announce();
        assertEquals(List.of(), monitor.nodeLost("third", "gone"));
        assertEquals(1, credits.slots());
    }

    @Test
    void aForgottenWorkerNoLongerExpires() {
        announce();
        monitor.forget(worker);
        for (int second = 0; second <= WorkerLeases.TIMEOUT_SECONDS; second++) {
            assertNothingExpires();
        }
    }
}
