package dev.juggler.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.report.RunReport;

/** Writes a report as one line of JSON. */
final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJson() {}

    static byte[] of(RunReport report) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(report);
    }
}
