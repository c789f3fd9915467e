package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * What a child JVM says of a run.
 *
 * @param measured the run; null when it failed
 * @param memory what its peak of memory is of
 * @param error what went wrong; null when nothing did
 */
record ChildAnswer(Measured measured, String memory, String error) {

    static byte[] line(ChildAnswer answer) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(ComparisonFile.JSON.writeValueAsBytes(answer));
        line.write('\n');
        return line.toByteArray();
    }

    static ChildAnswer parse(String line) throws JsonProcessingException {
        return ComparisonFile.JSON.readValue(line, ChildAnswer.class);
    }
}
