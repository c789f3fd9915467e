package dev.juggler.report;

import java.util.Objects;

/**
 * The conditions under which a comparison was measured.
 *
 * @param started start time in UTC, ISO 8601
 * @param warmups unmeasured rounds before the measured ones
 * @param isolated true if each model had a JVM of its own
 * @param memory what peak memory covers, in words
 */
public record MeasurementSetup(String started, int warmups, boolean isolated, String memory) {
    public MeasurementSetup {
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(memory, "memory");
    }
}
