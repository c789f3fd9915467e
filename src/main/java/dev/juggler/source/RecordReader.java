package dev.juggler.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into UTF-8 records. Holds one buffer, which grows no further than the longest record. After an
 * error it stays where it is, so that the error comes again.
 */
final class RecordReader implements Closeable {
    /** The longest record, in bytes, separator not counted. */
    static final int LONGEST = 1 << 20;

    private static final int FIRST_CAPACITY = 1 << 16;

    private final InputStream in;
    private final String name;
    private final ListFormat format;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int scanned; // no separator lies between start and here; a record that comes in drops is scanned once
    private int end;
    private boolean exhausted;
    private long number = 1;

    /** Reads {@code in}, which messages call {@code name}. */
    RecordReader(InputStream in, String name, ListFormat format) {
        this.in = in;
        this.name = name;
        this.format = format;
    }

    /**
     * The next record without its separator; null at the end. Blocks until there is one.
     *
     * @throws IOException when the stream fails
     * @throws IllegalArgumentException when the record is too long, no UTF-8, or a line with a NUL
     */
    String next() throws IOException {
        while (!complete() && !exhausted) {
            fill();
        }
        if (complete()) {
            return take(scanned, scanned + 1);
        }
        return start == end ? null : take(end, end);
    }

    /** Returns whether the next record has arrived already, so that {@link #next} does not block. */
    boolean complete() {
        while (scanned < end && buffer[scanned] != format.separator()) {
            scanned++;
        }
        return scanned < end;
    }

    private String take(int stop, int resume) {
        String text = decode(stop);
        if (format == ListFormat.LINES && text.indexOf('\0') >= 0) {
            throw malformed("has a NUL in it: give -0 if NULs separate the list");
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
            throw new IOException("cannot read on at " + place() + ": " + ReadErrorText.reason(e), e);
        }
        exhausted = read < 0;
        end += Math.max(read, 0);
    }

    private void makeRoom() {
        if (end < buffer.length) {
            return;
        }
        if (end - start > LONGEST) {
            throw malformed("is longer than " + LONGEST + " bytes");
        }
        int capacity = start > 0 ? buffer.length : Math.min(2 * buffer.length, LONGEST + 1);
        byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
        System.arraycopy(buffer, start, target, 0, end - start);
        buffer = target;
        end -= start;
        scanned -= start;
        start = 0;
    }

    /** Strict, yet at the speed of the lenient constructor: only a replacement character gives cause to look again. */
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
