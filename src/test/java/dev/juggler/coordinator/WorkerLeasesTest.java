package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLeasesTest {
    private final WorkerReady alive = new WorkerReady("a", "a", 1, "one");
    private final WorkerReady silent = new WorkerReady("b", "b", 1, "one");

    @Test
    void expiresTheLeasesOfSilentWorkersOnly() {
        WorkerLeases leases = new WorkerLeases();
        assertTrue(leases.renew(alive));
        assertTrue(leases.renew(silent));
        for (int second = 0; second < WorkerLeases.TIMEOUT_SECONDS; second++) {
            assertEquals(List.of(), leases.expire());
            assertFalse(leases.renew(alive));
        }
        assertEquals(List.of(silent), leases.expire());
    }

    @Test
    void returnsTheWorkersOfAJvmUntilTheirLeaseEnds() {
        WorkerLeases leases = new WorkerLeases();
        leases.renew(alive);
        assertEquals(List.of(alive), leases.of("one"));
        assertEquals(List.of(), leases.of("two"));
        leases.end(alive);
        assertEquals(List.of(), leases.of("one"));
        assertTrue(leases.renew(alive), "a worker that returns is new");
    }
}
