package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightBatchesTest {
    private final InFlightBatches inFlight = new InFlightBatches();
    private final WorkerReady worker = new WorkerReady("w", "a.w", 2);
    private final Batch batch = new Batch(tasks(0, 2), 1, true);

    @Test
    void aReplyCountsOnce() {
        InFlightBatch begun = inFlight.begin(worker, batch, 0);
        assertFalse(inFlight.isEmpty());
        assertSame(begun, inFlight.end(begun.id()));
        assertNull(inFlight.end(begun.id()));
        assertTrue(inFlight.isEmpty());
    }

    @Test
    void equalBatchesAreDistinctFlights() {
        InFlightBatch first = inFlight.begin(worker, batch, 0);
        inFlight.begin(worker, batch, 0);
        inFlight.end(first.id());
        assertFalse(inFlight.isEmpty());
    }

    @Test
    void aReplyToAReclaimedBatchDoesNotCount() {
        InFlightBatch lost = inFlight.begin(worker, batch, 0);
        InFlightBatch other = inFlight.begin(new WorkerReady("v", "a.v", 1), batch, 0);
        assertEquals(List.of(batch), sent(inFlight.reclaim("w")));
        assertNull(inFlight.end(lost.id()));
        assertSame(other, inFlight.end(other.id()));
    }

    private static List<Batch> sent(List<InFlightBatch> batches) {
        return batches.stream().map(InFlightBatch::sent).toList();
    }

    @Test
    void reclaimsBatchesThatARemoteWorkerDoesNotConfirm() {
        WorkerReady remote = new WorkerReady("processes-0", "a", 1, "processes-0");
        InFlightBatch held = inFlight.begin(remote, batch, 0);
        InFlightBatch missed = inFlight.begin(remote, batch, 0);
        for (int second = 0; second < 3; second++) {
            assertEquals(List.of(), inFlight.reclaimUnconfirmed(3));
            inFlight.confirm(List.of(held.id()));
        }
        assertEquals(List.of(missed), inFlight.reclaimUnconfirmed(3));
        assertEquals(List.of(held), inFlight.reclaimAll());
    }
}
