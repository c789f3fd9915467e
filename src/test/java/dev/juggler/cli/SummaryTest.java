package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.Counts;
import dev.juggler.job.Ending;
import dev.juggler.report.Percentiles;
import dev.juggler.report.RunReport;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void saysWhatWasDoneInWhichModel() {
        assertEquals(
                "Downloaded 90 in 6.44 seconds (async, 64 in flight, 0 failed)",
                summary("fetch", "async", 64, Ending.COMPLETED, new Counts(90, 90, 0, 0, 0, 0, 90)));
        assertEquals(
                "Computed 1 in 6.44 seconds (threads, 1 worker, 0 failed)",
                summary("compute", "threads", 1, Ending.COMPLETED, new Counts(1, 1, 0, 0, 0, 0, 1)));
    }

    @Test
    void saysWhatWasNotDoneAndWhy() {
        assertEquals(
                "Ran 5 in 6.44 seconds (sequential, 1 failed, 2 timed out, 3 cancelled, 4 done before,"
                        + " deadline: inputs are left)",
                summary("exec", "sequential", 1, Ending.DEADLINE, new Counts(15, 5, 1, 2, 3, 4, 11)));
    }

    private static String summary(String work, String model, int concurrency, Ending ending, Counts counts) {
        RunReport report = new RunReport(
                1,
                "id",
                work,
                model,
                concurrency,
                null,
                null,
                null,
                ending,
                counts,
                6.44,
                0,
                1,
                new Percentiles(0, 0, 0, 0, 0),
                0,
                null);
        return Summary.of(report, new Terminal(OutputOptions.ColorChoice.never));
    }
}
