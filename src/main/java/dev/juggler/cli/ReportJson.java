package dev.juggler.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.juggler.report.RunReport;

/** A report as one line of JSON. */
final class ReportJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).build();

    private ReportJson() {}

    static byte[] of(RunReport report) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(report);
    }
}
