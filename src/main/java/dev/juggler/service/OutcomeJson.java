package dev.juggler.service;

import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeRows;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Converts outcomes to JSON. */
final class OutcomeJson {
    private OutcomeJson() {}

    /** Returns the JSON object of an outcome row, in UTF-8. */
    static Buffer of(String job, Outcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutcomeRows rows = new OutcomeRows(job, bytes)) {
            rows.write(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
