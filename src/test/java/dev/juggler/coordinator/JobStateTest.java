package dev.juggler.coordinator;

import static dev.juggler.coordinator.Some.failure;
import static dev.juggler.coordinator.Some.outcome;
import static dev.juggler.coordinator.Some.success;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Counts;
import dev.juggler.job.Ending;
import dev.juggler.job.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStateTest {
    private final JobState state = new JobState();

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
        assertEquals(new Counts(8, 2, 1, 1, 1, 3, 6), state.result(3).counts());
        assertEquals(Ending.COMPLETED, state.result(3).ending());
        assertEquals(Optional.empty(), state.result(3).cause());
    }

    @Test
    void theFirstReasonToStopStands() {
        IOException cause = new IOException("full");
        assertFalse(state.stopping());
        assertTrue(state.stop(Ending.OUTPUT_FAILED, cause));
        assertFalse(state.stop(Ending.DEADLINE, null));
        assertTrue(state.stopping());
        assertEquals(Ending.OUTPUT_FAILED, state.result(0).ending());
        assertSame(cause, state.result(0).cause().orElseThrow());
    }
}
