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
        assertEquals(two, credits.take());
        assertEquals(two, credits.take());
        assertEquals(one, credits.take());
        assertFalse(credits.available());
        assertThrows(NoSuchElementException.class, credits::take);
    }

    @Test
    void slotsComeRoundInTheOrderInWhichTheyAreFreed() {
        credits.add(two);
        credits.add(one);
        credits.take();
        credits.take();
        credits.giveBack(credits.take(), 0);
        credits.giveBack(two, 0);
        assertEquals(one, credits.take());
        assertEquals(two, credits.take());
    }

    @Test
    void aWorkerThatIsGoneIsGivenNothingMore() {
        credits.add(two);
        credits.add(one);
        credits.take();
        assertTrue(credits.remove("two"));
        assertFalse(credits.remove("two"));
        credits.giveBack(two, 0);
        assertEquals(1, credits.slots());
        assertEquals(one, credits.take());
        assertFalse(credits.available());
    }

    @Test
    void whatIsSentAheadGrowsAtOnceAndShrinksSlotBySlot() {
        credits.add(one);
        credits.giveBack(credits.take(), 2);
        assertEquals(3, credits.slots());
        assertEquals(2, credits.ahead(one));
        credits.giveBack(credits.take(), 0);
        assertEquals(1, credits.ahead(one));
        credits.take();
        credits.take();
        assertFalse(credits.available());
    }

    @Test
    void whoIsRetiredGetsNothingMoreForWhatComesBack() {
        credits.add(one);
        WorkerReady worker = credits.take();
        credits.removeAll();
        credits.giveBack(worker, 5);
        assertEquals(0, credits.slots());
        assertEquals(0, credits.ahead(worker));
        assertFalse(credits.available());
    }
}
