package dev.juggler.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes outcomes as rows of JSON, one per line, in the schema that stdout, the journal, the bus and pages share.
 * Confined to one thread.
 */
public final class OutcomeRows implements AutoCloseable {
    /** The version of the schema; readers reject a higher one. */
    public static final int SCHEMA = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    /** From this number on, a double would be written with an exponent. */
    private static final long LARGE_MICROS = 10_000_000_000L;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final String job;
    private final Writer writer;
    private final JsonGenerator json;
    private long secondOfText = Long.MIN_VALUE;
    private String secondText = "";

    /** A writer for the rows of a job; the stream should be buffered. */
    public OutcomeRows(String job, OutputStream out) throws IOException {
        this.job = job;
        // Jackson's own UTF-8 encoder fails on an unpaired surrogate, which a function or a message may contain; this
        // one writes '?'.
        this.writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        this.json = new JsonFactory().createGenerator(writer);
        json.setCodec(MAPPER);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** Writes one row and its line end. */
    public void write(Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("job", job);
        json.writeNumberField("task", outcome.task().index());
        json.writeStringField("key", outcome.task().key());
        json.writeNumberField("attempt", outcome.attempt());
        json.writeStringField("state", outcome.state().id());
        json.writeStringField("worker", outcome.worker());
        json.writeStringField("started", instant(outcome.startedMicros()));
        writeMillis("queuedMs", outcome.queuedNanos());
        writeMillis("runMs", outcome.runNanos());
        writeResult(outcome.result());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void writeResult(Result result) throws IOException {
        if (result.value() != null) {
            json.writeFieldName("value");
            writeValue(result.value());
        }
        if (result.error() != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("type", result.error().type());
            json.writeStringField("message", result.error().message());
            json.writeBooleanField("retryable", result.error().retryable());
            if (result.error().pause().isPresent()) {
                json.writeNumberField(
                        "retryAfterMs", result.error().pause().get().toMillis());
            }
            json.writeEndObject();
        }
    }

    /** Writes a value; the types that come by the million do without the mapper. */
    private void writeValue(Value value) throws IOException {
        if (value instanceof Value.Computed(Object computed)) {
            switch (computed) {
                case null -> json.writeNull();
                case Long number -> json.writeNumber(number);
                case BigInteger number -> json.writeNumber(number);
                case String text -> json.writeString(text);
                default -> MAPPER.writeValue(json, computed);
            }
        } else {
            MAPPER.writeValue(json, value);
        }
    }

    /** Writes milliseconds with three decimals. */
    private void writeMillis(String name, long nanos) throws IOException {
        json.writeFieldName(name);
        long micros = Math.round(nanos / 1e3);
        if (micros < LARGE_MICROS) {
            json.writeNumber(micros / 1e3);
        } else {
            json.writeNumber(BigDecimal.valueOf(micros, 3));
        }
    }

    /** A time such as {@code 2026-11-21T18:00:00.123Z}; the text of a second is reused for all of its rows. */
    private String instant(long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        if (second != secondOfText) {
            secondOfText = second;
            secondText = SECOND.format(Instant.ofEpochSecond(second));
        }
        long millis = Math.floorMod(micros, 1_000_000L) / 1_000;
        return secondText + "." + (char) ('0' + millis / 100) + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10) + "Z";
    }

    /** Writes all rows to the stream, and flushes it. */
    public void flush(OutputStream out) throws IOException {
        json.flush();
        writer.flush();
        out.flush();
    }

    /** Writes all rows to the stream, which stays open. */
    @Override
    public void close() throws IOException {
        json.close();
        writer.flush();
    }
}
