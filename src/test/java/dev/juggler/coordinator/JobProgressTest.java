package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.failure;
import static dev.juggler.coordinator.SampleTasks.outcome;
import static dev.juggler.coordinator.SampleTasks.success;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.EndReason;
import dev.juggler.job.Result;
import dev.juggler.job.TaskCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobProgressTest {
    private final JobProgress state = new JobProgress();

    @Test
    void everyTaskIsCountedInItsState() {
        state.submitted(5);
        state.done(success(0));
        state.done(success(1));
        state.done(failure(2, 1));
        state.done(outcome(3, 1, Result.TimedOut.after(Duration.ofSeconds(1), null)));
        state.done(outcome(4, 1, Result.Cancelled.because("the end", null)));
        for (int i = 0; i < 6; i++) {
            state.attempted();
        }
        assertEquals(4, state.ended());
        assertEquals(2, state.unsuccessful());
        assertEquals(new TaskCounts(8, 2, 1, 1, 1, 3, 6), state.result(3).counts());
        assertEquals(EndReason.COMPLETED, state.result(3).ending());
        assertEquals(Optional.empty(), state.result(3).cause());
    }

    @Test
    void theFirstReasonToStopStands() {
        IOException cause = new IOException("full");
        assertFalse(state.stopping());
        assertTrue(state.stop(EndReason.OUTPUT_FAILED, cause));
        assertFalse(state.stop(EndReason.DEADLINE, null));
        assertTrue(state.stopping());
        assertEquals(EndReason.OUTPUT_FAILED, state.result(0).ending());
        assertSame(cause, state.result(0).cause().orElseThrow());
    }
}
