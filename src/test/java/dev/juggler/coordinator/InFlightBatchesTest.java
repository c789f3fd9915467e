package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.coordinator.Backlog.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightBatchesTest {
    private final InFlightBatches flights = new InFlightBatches();
    private final WorkerReady worker = new WorkerReady("w", "a.w", 2);
    private final Batch share = new Batch(tasks(0, 2), 1, true);

    @Test
    void aReplyCountsOnce() {
        InFlightBatches.InFlightBatch flight = flights.begin(worker, share, 0);
        assertFalse(flights.isEmpty());
        assertSame(flight, flights.end(flight.id()));
        assertNull(flights.end(flight.id()));
        assertTrue(flights.isEmpty());
    }

    @Test
    void equalBatchesAreToldApart() {
        InFlightBatches.InFlightBatch first = flights.begin(worker, share, 0);
        flights.begin(worker, share, 0);
        flights.end(first.id());
        assertFalse(flights.isEmpty());
    }

    @Test
    void aReplyToWhatWasTakenBackCountsForNothing() {
        InFlightBatches.InFlightBatch lost = flights.begin(worker, share, 0);
        InFlightBatches.InFlightBatch other = flights.begin(new WorkerReady("v", "a.v", 1), share, 0);
        assertEquals(List.of(share), shares(flights.takeBack("w")));
        assertNull(flights.end(lost.id()));
        assertSame(other, flights.end(other.id()));
    }

    private static List<Backlog.Batch> shares(List<InFlightBatches.InFlightBatch> flights) {
        return flights.stream().map(InFlightBatches.InFlightBatch::sent).toList();
    }

    @Test
    void whatAWorkerElsewhereDoesNotConfirmIsTakenBackAndWhatItHoldsStays() {
        WorkerReady afar = new WorkerReady("processes-0", "a", 1, "processes-0");
        InFlightBatches.InFlightBatch held = flights.begin(afar, share, 0);
        InFlightBatches.InFlightBatch missed = flights.begin(afar, share, 0);
        for (int second = 0; second < 3; second++) {
            assertEquals(List.of(), flights.takeUnconfirmed(3));
            flights.confirm(List.of(held.id()));
        }
        assertEquals(List.of(missed), flights.takeUnconfirmed(3));
        assertEquals(List.of(held), flights.takeBackAll());
    }
}
