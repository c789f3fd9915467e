package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a child JVM to the request for a run, in JSON.
 *
 * @param measured the run; null when it failed
 * @param memory a description of what the peak memory covers
 * @param error the reason of the failure; null when there was none
 */
record MeasurementReply(
        @Nullable RunMeasurement measured,
        String memory,
        @Nullable String error) {

    String json() {
        try {
            return ComparisonFile.JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a measurement as JSON", e);
        }
    }

    static MeasurementReply parse(String json) throws JsonProcessingException {
        return ComparisonFile.JSON.readValue(json, MeasurementReply.class);
    }
}
