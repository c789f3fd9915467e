package dev.juggler.service;

import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeRows;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An outcome as the JSON of its row. */
final class OutcomeJson {
    private OutcomeJson() {}

    static Buffer of(String job, Outcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutcomeRows rows = new OutcomeRows(job, bytes)) {
            rows.write(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
