package dev.juggler.source;

import dev.juggler.job.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file split at line boundaries into parts of about equal size, which together contain every byte once.
 *
 * @param bounds the ascending start positions of the parts, and the end of the last
 */
@SuppressWarnings("ArrayRecordComponent")
record FileParts(String path, long[] bounds) implements IndexedInputs {
    /** The maximum number of parts, beyond which bookkeeping would dominate. */
    static final int MAX_PARTS = 1_000_000;

    private static final int BLOCK = 1 << 13;

    /**
     * Splits a file into at most {@code parts} parts. Reads only from each tentative boundary to the end of the line
     * there.
     */
    static FileParts of(Path file, int parts) throws IOException {
        if (parts < 1 || parts > MAX_PARTS) {
            throw new IllegalArgumentException("a file can be split into 1 to " + MAX_PARTS + " parts, not " + parts);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw ReadErrorText.because("the file", file, "only a regular file can be split into parts");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return new FileParts(file.toString(), split(channel, parts));
        } catch (IOException e) {
            throw ReadErrorText.because("the file", file, e);
        }
    }

    private static long[] split(SeekableByteChannel channel, int parts) throws IOException {
        long size = channel.size();
        long[] bounds = new long[parts + 1];
        int cuts = 0;
        for (int part = 1; part <= parts; part++) {
            long wanted = size / parts * part + size % parts * part / parts; // size * part might overflow
            if (wanted > bounds[cuts]) {
                bounds[cuts + 1] = part == parts ? size : lineStart(channel, wanted, size);
                cuts++;
            }
        }
        return Arrays.copyOf(bounds, cuts + 1);
    }

    /** Returns the first start of a line at or after {@code from}, or the end of the file. */
    private static long lineStart(SeekableByteChannel channel, long from, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long position = from - 1; // the byte before: it may be the line feed
        channel.position(position);
        while (channel.read(block) > 0) {
            for (int i = 0; i < block.position(); i++) {
                if (block.get(i) == '\n') {
                    return position + i + 1;
                }
            }
            position += block.position();
            block.clear();
        }
        return size;
    }

    @Override
    public long count() {
        return bounds.length - 1L;
    }

    @Override
    public Input at(long position) {
        int part = (int) position;
        return new Input.FileChunk(path, bounds[part], bounds[part + 1] - bounds[part]);
    }
}
