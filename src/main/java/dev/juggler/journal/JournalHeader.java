package dev.juggler.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.Job;
import dev.juggler.job.OutcomeRows;
import dev.juggler.job.WorkFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first row of a journal.
 *
 * @param schema the version of the rows
 * @param job the id of the run that created the journal
 * @param work the kind of work, for messages
 * @param fingerprint the fingerprint of the work: see {@link WorkFingerprint}
 */
record JournalHeader(int schema, String job, String work, String fingerprint) {
    /** The first characters of every journal. */
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

    /** Returns the header that a row contains, or empty when it contains none. */
    static Optional<JournalHeader> parse(JsonNode row) {
        boolean header = row.isObject()
                && row.path("schema").isInt()
                && row.path("fingerprint").isTextual();
        return header
                ? Optional.of(new JournalHeader(
                        row.path("schema").asInt(),
                        row.path("job").asText(),
                        row.path("work").asText(),
                        row.path("fingerprint").asText()))
                : Optional.empty();
    }
}
