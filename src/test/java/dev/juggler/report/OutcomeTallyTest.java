package dev.juggler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutcomeTallyTest {
    private final OutcomeTally tally = new OutcomeTally();

    @Test
    void isZeroWithoutOutcomes() {
        tally.add(List.of());
        assertEquals(new Percentiles(0, 0, 0, 0, 0), tally.percentiles());
        assertEquals(0, tally.bytes());
    }

    @Test
    void percentilesAreAccurateToTwoDigits() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int millis = 1; millis <= 1_000; millis++) {
            outcomes.add(outcome(TimeUnit.MILLISECONDS.toNanos(millis), new Result.Succeeded(null)));
        }
        tally.add(outcomes);
        Percentiles percentiles = tally.percentiles();
        assertEquals(500.5, percentiles.mean(), 5);
        assertEquals(500, percentiles.p50(), 5);
        assertEquals(950, percentiles.p95(), 10);
        assertEquals(990, percentiles.p99(), 10);
        assertEquals(1_000, percentiles.max(), 10);
    }

    @Test
    void clampsDurationsToTheHistogramsRange() {
        tally.add(List.of(
                outcome(0, new Result.Succeeded(null)),
                outcome(-5, new Result.Succeeded(null)),
                outcome(Long.MAX_VALUE, new Result.Succeeded(null))));
        double week = TimeUnit.DAYS.toMillis(7);
        assertEquals(week, tally.percentiles().max(), week / 100);
    }

    @Test
    void countsBytesOfSuccessfulAndFailedFetches() {
        Value page = new Value.Fetched(200, 1_000, "u", null, null);
        tally.add(List.of(
                outcome(1, new Result.Succeeded(page)),
                outcome(1, new Result.Failed(TaskError.passing("truncated", ""), page)),
                outcome(1, new Result.Succeeded(new Value.Computed(5L)))));
        assertEquals(2_000, tally.bytes());
    }

    private static Outcome outcome(long nanos, Result result) {
        return new Outcome(new Task(0, new Input.Whole(0)), 1, result, "w", 0, 0, nanos);
    }
}
