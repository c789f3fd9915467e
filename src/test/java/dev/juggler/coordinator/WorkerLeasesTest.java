package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLeasesTest {
    private final WorkerReady loud = new WorkerReady("a", "a", 1, "one");
    private final WorkerReady quiet = new WorkerReady("b", "b", 1, "one");

    @Test
    void whoIsSilentForTooLongLapsesAndWhoIsHeardDoesNot() {
        WorkerLeases leases = new WorkerLeases();
        assertTrue(leases.renew(loud));
        assertTrue(leases.renew(quiet));
        for (int second = 0; second < WorkerLeases.LAPSE; second++) {
            assertEquals(List.of(), leases.look());
            assertFalse(leases.renew(loud));
        }
        assertEquals(List.of(quiet), leases.look());
    }

    @Test
    void theWorkersOfAJvmAreKnownUntilTheirLeaseEnds() {
        WorkerLeases leases = new WorkerLeases();
        leases.renew(loud);
        assertEquals(List.of(loud), leases.of("one"));
        assertEquals(List.of(), leases.of("two"));
        leases.end("a");
        assertEquals(List.of(), leases.of("one"));
        assertTrue(leases.renew(loud), "one that comes back is new");
    }
}
