package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests the number of samples of workers, one each hundredth of a second, that suffice, and their result. */
class CpuShareEstimateTest {
    private static final int WORKERS = 6;
    private final CpuShareEstimate estimate = new CpuShareEstimate(0);
    private int samples;

    /** Returns whether a worker computes at a time, counted in samples. */
    private interface Worker {
        boolean computes(int at);
    }

    /** Samples workers that are in step, with a task of each ending at intervals. */
    private double seen(int taskLooks, Worker worker) {
        while (!estimate.isComplete()) {
            estimate.add(worker.computes(samples) ? WORKERS : 0, WORKERS, (long) WORKERS * (samples / taskLooks));
            samples++;
        }
        return estimate.share().orElseThrow();
    }

    @Test
    void shortTasksNeedOneWindow() {
        assertEquals(0, seen(1, at -> false));
        assertEquals(CpuShareEstimate.MIN_SAMPLES, samples);
    }

    @Test
    void computingIsConfirmedByASecondWindow() {
        assertEquals(1, seen(1, at -> true));
        assertEquals(2 * CpuShareEstimate.MIN_SAMPLES, samples);
    }

    @Test
    void tasksThatStartAWaitingProgramDoNotCountAsComputing() {
        // sh -c 'sleep 0.5', sampled from its start.
        assertTrue(seen(50, at -> at % 50 < 15) > 0.2, "half of the tasks' first 0.3 s are computing");
        assertEquals(CpuShareEstimate.MAX_SAMPLES, samples, "30 % of whole tasks is a mixed case");
    }

    @Test
    void waitingProgramNeedsTwoTasksOfEachWorker() {
        assertEquals(0.05, seen(40, at -> at % 40 < 2), 0.02);
        assertEquals(81, samples);
    }

    @Test
    void tasksThatComputeAndThenWaitAreAMixedCase() {
        double share = seen(40, at -> at % 40 < 20);
        assertEquals(0.5, share, 0.02);
        assertFalse(ModelSelector.waits(share) || ModelSelector.computes(share));
    }

    @Test
    void longTasksAreJudgedByOneSecond() {
        assertEquals(0, seen(100_000, at -> false));
        assertEquals(CpuShareEstimate.CLEAR_SAMPLES, samples);
    }

    @Test
    void differentStartIsDiscarded() {
        // Classes are loaded for a quarter of a second. Then tasks of 30 ms wait.
        assertEquals(0, seen(3, at -> at < 25));
        assertEquals(3 * CpuShareEstimate.MIN_SAMPLES, samples);
    }

    @Test
    void onlyBusyWorkersAreSampled() {
        for (int i = 0; i < 1_000; i++) {
            estimate.add(0, 0, 0);
        }
        assertFalse(estimate.isComplete());
        assertTrue(estimate.share().isEmpty());
        while (!estimate.isComplete()) {
            estimate.add(1, 1, samples++);
        }
        assertEquals(1, estimate.share().orElseThrow(), "one worker of many has a task, and computes");
    }
}
