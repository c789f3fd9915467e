package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The job of a comparison.
 *
 * @param command the command line, without values that may be secret; in JSON {@code job}
 * @param work the kind of work
 * @param fingerprint identifies the work: see {@link dev.juggler.job.WorkFingerprint}
 */
public record ComparedJob(@JsonProperty("job") String command, String work, String fingerprint) {
    public ComparedJob {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
