package dev.juggler.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of bytes into UTF-8 records. Has one buffer, which grows up to the longest record. After an error it
 * does not advance, so that the error is repeated.
 */
final class RecordReader implements Closeable {
    /** The maximum length of a record in bytes, without its separator. */
    static final int MAX_RECORD_BYTES = 1 << 20;

    private static final int FIRST_CAPACITY = 1 << 16;

    private final InputStream in;
    private final String name;
    private final ListFormat format;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int scanned; // no separator before this position, so that slowly arriving records are scanned once
    private int end;
    private boolean exhausted;
    private long number = 1;

    /** Makes a reader of {@code in}, which is called {@code name} in messages. */
    RecordReader(InputStream in, String name, ListFormat format) {
        this.in = in;
        this.name = name;
        this.format = format;
    }

    /**
     * Returns the next record without its separator, or null at the end. Blocks until it has arrived.
     *
     * @throws IOException when the stream fails
     * @throws IllegalArgumentException when the record is too long, not UTF-8, or a line with a NUL
     */
    @Nullable
    String next() throws IOException {
        while (!complete() && !exhausted) {
            fill();
        }
        if (complete()) {
            return take(scanned, scanned + 1);
        }
        return start == end ? null : take(end, end);
    }

    /** Returns whether the next record has arrived, so that {@link #next} does not block. */
    boolean complete() {
        while (scanned < end && buffer[scanned] != format.separator()) {
            scanned++;
        }
        return scanned < end;
    }

    private String take(int stop, int resume) {
        String text = decode(stop);
        if (format == ListFormat.LINES && text.indexOf('\0') >= 0) {
            throw malformed("contains a NUL: give -0 if NULs separate the inputs");
        }
        start = resume;
        scanned = resume;
        number++;
        return text;
    }

    private void fill() throws IOException {
        makeRoom();
        int read;
        try {
            read = in.read(buffer, end, buffer.length - end);
        } catch (IOException e) {
            throw new IOException("cannot continue reading at " + place() + ": " + ReadErrorText.reason(e), e);
        }
        exhausted = read < 0;
        end += Math.max(read, 0);
    }

    private void makeRoom() {
        if (end < buffer.length) {
            return;
        }
        if (end - start > MAX_RECORD_BYTES) {
            throw malformed("is longer than " + MAX_RECORD_BYTES + " bytes");
        }
        int capacity = start > 0 ? buffer.length : Math.min(2 * buffer.length, MAX_RECORD_BYTES + 1);
        byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
        System.arraycopy(buffer, start, target, 0, end - start);
        buffer = target;
        end -= start;
        scanned -= start;
        start = 0;
    }

    /**
     * Decodes strictly at the speed of the lenient constructor: only a replacement character requires a second
     * decoding.
     */
    private String decode(int stop) {
        String text = new String(buffer, start, stop - start, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, start, stop - start);
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw malformed("is not UTF-8: convert the list");
        }
    }

    private IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException(place() + " " + reason);
    }

    private String place() {
        return format.unit() + " " + number + " of " + name;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
