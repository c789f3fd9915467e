package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.Percentiles;
import dev.juggler.report.RunReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
    @ParameterizedTest
    @CsvSource({
        "COMPLETED,0,0,false,0",
        "COMPLETED,1,0,false,1",
        "COMPLETED,1,0,true,5",
        "HALTED,1,0,false,3",
        "OUTPUT_FAILED,0,0,false,5",
        "DEADLINE,0,0,false,124",
        "INTERRUPTED,0,2,false,130",
        "INTERRUPTED,0,15,false,143",
        "INPUT_FAILED,0,0,false,1",
        "WORKERS_FAILED,0,0,false,1"
    })
    void eachEndingHasItsCode(EndReason ending, long failed, int signal, boolean unsaved, int code) {
        TaskCounts counts = new TaskCounts(failed, 0, failed, 0, 0, 0, failed);
        RunReport report = new RunReport(
                1,
                new RunReport.RunSetup("id", "fetch", "async", 1, null, null),
                new RunReport.RunResult(null, ending, counts),
                new RunReport.RunTiming(1, 0, 1),
                new Percentiles(0, 0, 0, 0, 0),
                0,
                null);
        assertEquals(code, ExitCodes.of(report, signal, unsaved));
    }
}
