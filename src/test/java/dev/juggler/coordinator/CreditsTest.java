package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.WorkerReady;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class CreditsTest {
    private final Credits credits = new Credits();
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
        credits.giveBack(credits.take());
        credits.giveBack(two);
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
        credits.giveBack(two);
        assertEquals(1, credits.slots());
        assertEquals(one, credits.take());
        assertFalse(credits.available());
    }
}
