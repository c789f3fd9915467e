package dev.juggler.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.cli.command.OutputOptions;
import dev.juggler.cli.command.Terminal;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.Percentiles;
import dev.juggler.report.RunReport;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    @Test
    void saysWhatWasDoneInWhichModel() {
        assertEquals(
                "Downloaded 90 in 6.44 seconds (async, 64 in flight, 0 failed)",
                summary("fetch", "async", 64, EndReason.COMPLETED, new TaskCounts(90, 90, 0, 0, 0, 0, 90)));
        assertEquals(
                "Computed 1 in 6.44 seconds (threads, 1 worker, 0 failed)",
                summary("compute", "threads", 1, EndReason.COMPLETED, new TaskCounts(1, 1, 0, 0, 0, 0, 1)));
    }

    @Test
    void saysWhatWasNotDoneAndWhy() {
        assertEquals(
                "Ran 5 in 6.44 seconds (sequential, 1 failed, 2 timed out, 3 cancelled, 4 done before,"
                        + " deadline: inputs are left)",
                summary("exec", "sequential", 1, EndReason.DEADLINE, new TaskCounts(15, 5, 1, 2, 3, 4, 11)));
    }

    private static String summary(String work, String model, int concurrency, EndReason ending, TaskCounts counts) {
        RunReport report = new RunReport(
                1,
                new RunReport.RunSetup("id", work, model, concurrency, null, null),
                new RunReport.RunResult(null, ending, counts),
                new RunReport.RunTiming(6.44, 0, 1),
                new Percentiles(0, 0, 0, 0, 0),
                0,
                null);
        return RunSummary.of(report, new Terminal(OutputOptions.ColorChoice.never));
    }
}
