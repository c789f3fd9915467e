package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the limit of concurrent tasks for two processors. */
class ProcessorLimitTest {
    private static final int MOST = 256;
    private final ProcessorLimit bound = new ProcessorLimit(2);

    @ParameterizedTest
    @CsvSource({
        "2,2,2",
        "1,1,2",
        "25,25,2",
        "24,25,2",
        "10,20,5",
        "8,20,6",
        "4,40,21",
        "1,100,201",
        "1,200,256",
        "0,64,256"
    })
    void limitIsTheProcessorsDividedByTheComputingShare(int running, int busy, int expected) {
        bound.add(running, busy);
        assertEquals(expected, bound.atMost(MOST));
    }

    @Test
    void thereIsNoLimitWithoutSamples() {
        assertEquals(MOST, bound.atMost(MOST));
    }

    @Test
    void limitNeverExceedsTheMaximum() {
        bound.add(3, 3);
        assertEquals(1, bound.atMost(1));
    }

    @Test
    void otherRunningThreadsDoNotLowerTheLimit() {
        bound.add(50, 4);
        assertEquals(2, bound.atMost(MOST));
    }

    @Test
    void singleOutlierHasLittleEffect() {
        for (int i = 0; i < 50; i++) {
            bound.add(2, 2);
        }
        bound.add(1, 2);
        assertTrue(bound.atMost(MOST) <= 3, () -> "bound " + bound.atMost(MOST));
    }

    @Test
    void limitFollowsChangingTasks() {
        for (int i = 0; i < 50; i++) {
            bound.add(2, 2);
        }
        for (int i = 0; i < 50; i++) {
            bound.add(0, 2);
        }
        assertEquals(MOST, bound.atMost(MOST));
    }
}
