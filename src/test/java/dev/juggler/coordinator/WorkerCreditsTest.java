package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class WorkerCreditsTest {
    private final WorkerCredits credits = new WorkerCredits();
    private final WorkerReady two = new WorkerReady("two", "a.two", 2);
    private final WorkerReady one = new WorkerReady("one", "a.one", 1);

    @Test
    void aWorkerHasAsManySlotsAsItsCredit() {
        credits.add(two);
        credits.add(one);
        credits.add(two);
        assertEquals(3, credits.slots());
        assertEquals(two, credits.acquire());
        assertEquals(two, credits.acquire());
        assertEquals(one, credits.acquire());
        assertFalse(credits.isAvailable());
        assertThrows(NoSuchElementException.class, credits::acquire);
    }

    @Test
    void slotsAreReusedInTheOrderOfTheirRelease() {
        credits.add(two);
        credits.add(one);
        credits.acquire();
        credits.acquire();
        credits.release(credits.acquire(), 0);
        credits.release(two, 0);
        assertEquals(one, credits.acquire());
        assertEquals(two, credits.acquire());
    }

    @Test
    void aRemovedWorkerGetsNothingMore() {
        credits.add(two);
        credits.add(one);
        credits.acquire();
        assertTrue(credits.remove("two"));
        assertFalse(credits.remove("two"));
        credits.release(two, 0);
        assertEquals(1, credits.slots());
        assertEquals(one, credits.acquire());
        assertFalse(credits.isAvailable());
    }

    @Test
    void prefetchGrowsAtOnceAndShrinksSlotBySlot() {
        credits.add(one);
        credits.release(credits.acquire(), 2);
        assertEquals(3, credits.slots());
        assertEquals(2, credits.prefetched(one));
        credits.release(credits.acquire(), 0);
        assertEquals(1, credits.prefetched(one));
        credits.acquire();
        credits.acquire();
        assertFalse(credits.isAvailable());
    }

    @Test
    void aReleasedSlotOfARetiredWorkerIsGone() {
        credits.add(one);
        WorkerReady worker = credits.acquire();
        credits.removeAll();
        credits.release(worker, 5);
        assertEquals(0, credits.slots());
        assertEquals(0, credits.prefetched(worker));
        assertFalse(credits.isAvailable());
    }
}
