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
    private final PoisonTaskDetector suspects = new PoisonTaskDetector();

    @Test
    void theThirdDeathIsTheLast() {
        assertFalse(suspects.died(one));
        assertFalse(suspects.died(one));
        assertFalse(suspects.died(two));
        assertTrue(suspects.died(one));
    }

    @Test
    void whoWasThereTwiceGoesWithoutOthersOfItsKind() {
        assertFalse(suspects.areWary(List.of(one)));
        suspects.died(one);
        suspects.died(one);
        assertTrue(suspects.areWary(List.of(one)));
        assertFalse(suspects.areWary(List.of(two)));
        suspects.add(List.of(one), 3);
        suspects.add(List.of(two), 3);
        assertEquals(List.of(one), suspects.take().tasks());
        assertNull(suspects.take());
        suspects.returned(List.of(two));
        assertNull(suspects.take());
        suspects.returned(List.of(one));
        assertEquals(List.of(two), suspects.take().tasks());
        assertTrue(suspects.isEmpty());
    }
}
