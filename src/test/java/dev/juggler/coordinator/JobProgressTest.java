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
    private final JobProgress progress = new JobProgress();

    @Test
    void countsEachTaskByItsState() {
        progress.submitted(5);
        progress.done(success(0));
        progress.done(success(1));
        progress.done(failure(2, 1));
        progress.done(outcome(3, 1, Result.TimedOut.after(Duration.ofSeconds(1), null)));
        progress.done(outcome(4, 1, Result.Cancelled.because("the end", null)));
        for (int i = 0; i < 6; i++) {
            progress.attempted();
        }
        assertEquals(4, progress.ended());
        assertEquals(2, progress.unsuccessful());
        assertEquals(new TaskCounts(8, 2, 1, 1, 1, 3, 6), progress.result(3).counts());
        assertEquals(EndReason.COMPLETED, progress.result(3).ending());
        assertEquals(Optional.empty(), progress.result(3).cause());
    }

    @Test
    void theFirstReasonToStopIsKept() {
        IOException cause = new IOException("full");
        assertFalse(progress.isStopping());
        assertTrue(progress.stop(EndReason.OUTPUT_FAILED, cause));
        assertFalse(progress.stop(EndReason.DEADLINE, null));
        assertTrue(progress.isStopping());
        assertEquals(EndReason.OUTPUT_FAILED, progress.result(0).ending());
        assertSame(cause, progress.result(0).cause().orElseThrow());
    }
}
