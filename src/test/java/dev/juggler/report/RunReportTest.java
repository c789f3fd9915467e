package dev.juggler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.TaskCounts;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final RunReport.RunTiming TIMING = new RunReport.RunTiming(2.5, 0.5, 4);

    @Test
    void theJsonIsOneFlatObjectInAFixedOrder() throws Exception {
        RunReport report = new RunReport(
                2,
                new RunReport.RunSetup(
                        "id",
                        "compute",
                        "threads",
                        8,
                        new ReachedLimit(16, 64),
                        new ChosenModel("threads", 8, 0.75, true, "the tasks compute")),
                new RunReport.RunResult(
                        new HedgeCounts(3, 1), EndReason.COMPLETED, new TaskCounts(10, 7, 1, 1, 1, 0, 12)),
                TIMING,
                new Percentiles(1, 2, 3, 4, 5),
                99,
                "none");
        assertEquals(
                "{\"schema\":2,\"job\":\"id\",\"work\":\"compute\",\"model\":\"threads\",\"concurrency\":8,"
                        + "\"limit\":" + json(report.limit()) + ",\"chosen\":" + json(report.chosen())
                        + ",\"hedged\":" + json(report.hedged()) + ",\"ending\":\"completed\",\"counts\":"
                        + json(report.counts()) + ",\"seconds\":2.5,\"startSeconds\":0.5,\"tasksPerSecond\":4.0,"
                        + "\"runMs\":" + json(report.runMs()) + ",\"bytes\":99,\"error\":\"none\"}",
                json(report));
    }

    @Test
    void whatIsNullIsLeftOut() throws Exception {
        RunReport report = new RunReport(
                2,
                new RunReport.RunSetup("id", "fetch", "async", 64, null, null),
                new RunReport.RunResult(null, EndReason.HALTED, new TaskCounts(0, 0, 0, 0, 0, 0, 0)),
                TIMING,
                new Percentiles(0, 0, 0, 0, 0),
                0,
                null);
        assertEquals(
                "{\"schema\":2,\"job\":\"id\",\"work\":\"fetch\",\"model\":\"async\",\"concurrency\":64,"
                        + "\"ending\":\"halted\",\"counts\":" + json(report.counts())
                        + ",\"seconds\":2.5,\"startSeconds\":0.5,\"tasksPerSecond\":4.0,\"runMs\":"
                        + json(report.runMs()) + ",\"bytes\":0}",
                json(report));
    }

    private static String json(Object value) throws Exception {
        return new ObjectMapper().writeValueAsString(value);
    }
}
