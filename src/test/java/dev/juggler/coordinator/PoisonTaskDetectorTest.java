package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoisonTaskDetectorTest {
    private final Task one = new Task(1, new Input.Whole(1));
    private final Task two = new Task(2, new Input.Whole(2));
    private final PoisonTaskDetector detector = new PoisonTaskDetector();

    @Test
    void aTaskIsPoisonAtTheThirdDeath() {
        assertFalse(detector.recordDeath(one));
        assertFalse(detector.recordDeath(one));
        assertFalse(detector.recordDeath(two));
        assertTrue(detector.recordDeath(one));
    }

    @Test
    void aTaskWithTwoDeathsRunsWithoutOtherSuspects() {
        assertFalse(detector.mustRunAlone(List.of(one)));
        detector.recordDeath(one);
        detector.recordDeath(one);
        assertTrue(detector.mustRunAlone(List.of(one)));
        assertFalse(detector.mustRunAlone(List.of(two)));
        detector.add(List.of(one), 3);
        detector.add(List.of(two), 3);
        assertEquals(List.of(one), detector.next().tasks());
        assertNull(detector.next());
        detector.leaveFlight(List.of(two));
        assertNull(detector.next());
        detector.leaveFlight(List.of(one));
        assertEquals(List.of(two), detector.next().tasks());
        assertTrue(detector.isEmpty());
    }
}
