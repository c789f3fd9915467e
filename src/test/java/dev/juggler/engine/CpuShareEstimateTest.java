package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When so many looks at workers are enough, and what they come to. A look is a hundredth of a second. */
class CpuShareEstimateTest {
    private static final int WORKERS = 6;
    private final CpuShareEstimate look = new CpuShareEstimate(0);
    private int looks;

    /** What workers do at a time, counted in looks. */
    private interface Worker {
        boolean computes(int at);
    }

    /** Looks at workers that do the same at a time, with a task of each ending every so often. */
    private double seen(int taskLooks, Worker worker) {
        while (!look.isOver()) {
            look.add(worker.computes(looks) ? WORKERS : 0, WORKERS, (long) WORKERS * (looks / taskLooks));
            looks++;
        }
        return look.share().orElseThrow();
    }

    @Test
    void shortTasksAreKnownAtOnce() {
        assertEquals(0, seen(1, at -> false));
        assertEquals(CpuShareEstimate.FEWEST, looks);
    }

    @Test
    void thatTasksComputeIsBelievedAtTheSecondTime() {
        assertEquals(1, seen(1, at -> true));
        assertEquals(2 * CpuShareEstimate.FEWEST, looks);
    }

    @Test
    void tasksThatStartAProgramWhichWaitsAreNotTakenForComputingOnes() {
        // sh -c 'sleep 0.5', seen from its very beginning.
        assertTrue(seen(50, at -> at % 50 < 15) > 0.2, "half of the tasks' first 0.3 s are computing");
        assertEquals(CpuShareEstimate.MOST, looks, "30 % of whole tasks is a mixed case");
    }

    @Test
    void aProgramThatStartsQuicklyAndWaitsIsKnownAfterTwoTasksOfEach() {
        assertEquals(0.05, seen(40, at -> at % 40 < 2), 0.02);
        assertEquals(81, looks);
    }

    @Test
    void tasksThatComputeFirstAndWaitThenAreAMixedCase() {
        double share = seen(40, at -> at % 40 < 20);
        assertEquals(0.5, share, 0.02);
        assertFalse(ModelSelector.waits(share) || ModelSelector.computes(share));
    }

    @Test
    void veryLongTasksAreJudgedByASecond() {
        assertEquals(0, seen(100_000, at -> false));
        assertEquals(CpuShareEstimate.MANY, looks);
    }

    @Test
    void aBeginningUnlikeTheRestIsForgotten() {
        // Classes are loaded for a quarter of a second: then tasks of 30 ms wait.
        assertEquals(0, seen(3, at -> at < 25));
        assertEquals(3 * CpuShareEstimate.FEWEST, looks);
    }

    @Test
    void onlyWorkersThatHaveATaskAreLookedAt() {
        for (int i = 0; i < 1_000; i++) {
            look.add(0, 0, 0);
        }
        assertFalse(look.isOver());
        assertTrue(look.share().isEmpty());
        while (!look.isOver()) {
            look.add(1, 1, looks++);
        }
        assertEquals(1, look.share().orElseThrow(), "one worker of many has a task, and computes");
    }
}
