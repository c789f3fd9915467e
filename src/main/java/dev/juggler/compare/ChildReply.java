package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a child JVM says of a run.
 *
 * @param measured the run; null when it failed
 * @param memory what its peak of memory is of
 * @param error what went wrong; null when nothing did
 */
record ChildReply(
        @Nullable RunMeasurement measured,
        String memory,
        @Nullable String error) {

    static byte[] line(ChildReply answer) {
        try {
            return (ComparisonFile.JSON.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts has a JSON form", e);
        }
    }

    static ChildReply parse(String line) throws JsonProcessingException {
        return ComparisonFile.JSON.readValue(line, ChildReply.class);
    }
}
