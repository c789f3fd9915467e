package dev.juggler.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.Job;
import dev.juggler.job.OutcomeRows;
import dev.juggler.job.WorkFingerprint;
import java.nio.charset.StandardCharsets;

/**
 * The first row of a journal.
 *
 * @param schema the version of the rows
 * @param job the id of the run that began the journal
 * @param work the kind of work, for a person
 * @param fingerprint of the work: see {@link WorkFingerprint}
 */
record JournalHeader(int schema, String job, String work, String fingerprint) {
    /** How every journal begins. */
    static final String START = "{\"schema\":";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static JournalHeader of(Job job) {
        return new JournalHeader(OutcomeRows.SCHEMA, job.id(), job.work().kind().id(), WorkFingerprint.of(job.work()));
    }

    boolean isOfSameWork(JournalHeader other) {
        return fingerprint.equals(other.fingerprint);
    }

    boolean isOfSameJob(JournalHeader other) {
        return job.equals(other.job);
    }

    byte[] line() throws JsonProcessingException {
        return (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The header that this row is, or null when it is none. */
    static JournalHeader parse(JsonNode row) {
        boolean header = row.isObject()
                && row.path("schema").isInt()
                && row.path("fingerprint").isTextual();
        return header
                ? new JournalHeader(
                        row.get("schema").asInt(),
                        row.path("job").asText(),
                        row.path("work").asText(),
                        row.get("fingerprint").asText())
                : null;
    }
}
