package dev.juggler.source;

import dev.juggler.job.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file cut at line boundaries into parts of about equal size, which hold every byte once.
 *
 * @param bounds where the parts begin, and the end of the last; rising
 */
@SuppressWarnings("ArrayRecordComponent")
record FileParts(String path, long[] bounds) implements IndexedInputs {
    /** More parts than this would be bookkeeping rather than work. */
    static final int MOST = 1_000_000;

    private static final int BLOCK = 1 << 13;

    /**
     * Cuts a file into at most {@code parts} parts. Reads only from each place where it would be cut to the end of the
     * line there.
     */
    static FileParts of(Path file, int parts) throws IOException {
        if (parts < 1 || parts > MOST) {
            throw new IllegalArgumentException("a file is cut into 1 to " + MOST + " parts, not " + parts);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw ReadErrorText.because("the file", file, "only a regular file can be cut into parts");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return new FileParts(file.toString(), cut(channel, parts));
        } catch (IOException e) {
            throw ReadErrorText.because("the file", file, e);
        }
    }

    private static long[] cut(SeekableByteChannel channel, int parts) throws IOException {
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

    /** The first place from {@code from} on where a line begins, or the end of the file. */
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
