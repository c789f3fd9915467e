package dev.juggler.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of a journal page by page, even while it is being written. Returns whole rows only. */
public final class JournalPager {
    private static final int BUFFER = 1 << 16;

    private JournalPager() {}

    /**
     * A page of rows.
     *
     * @param rows outcome rows as in the file, without line ends
     * @param next the position in bytes at which the next page begins
     * @param last whether there are no more rows now
     */
    public record Page(List<String> rows, long next, boolean last) {}

    /**
     * Reads a page. Blocks.
     *
     * @param position 0, or the end of an earlier page
     * @param maxRows the maximum number of rows
     * @param maxBytes the maximum number of bytes; a longer row is a page of its own
     * @throws IllegalArgumentException when no row begins at the position
     */
    public static Page read(Path journal, long position, int maxRows, int maxBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            check(channel, position);
            channel.position(position);
            return read(new BufferedInputStream(Channels.newInputStream(channel), BUFFER), position, maxRows, maxBytes);
        } catch (NoSuchFileException e) {
            // The run has not started.
            if (position != 0) {
                throw outside(position);
            }
            return new Page(List.of(), 0, true);
        }
    }

    private static void check(FileChannel channel, long position) throws IOException {
        ByteBuffer before = ByteBuffer.allocate(1);
        boolean valid = position == 0
                || (position > 0
                        && position <= channel.size()
                        && channel.read(before, position - 1) == 1
                        && before.get(0) == '\n');
        if (!valid) {
            throw outside(position);
        }
    }

    private static IllegalArgumentException outside(long position) {
        return new IllegalArgumentException(
                "no page begins at position " + position + ": give 0, or the 'next' of an earlier page");
    }

    private static Page read(InputStream in, long position, int maxRows, int maxBytes) throws IOException {
        List<String> rows = new ArrayList<>();
        long next = position;
        long bytes = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (readLine(in, line)) {
            boolean header = next == 0;
            boolean full = rows.size() == maxRows || (!rows.isEmpty() && bytes + line.size() > maxBytes);
            if (full) {
                return new Page(List.copyOf(rows), next, false);
            }
            if (!header) {
                rows.add(line.toString(StandardCharsets.UTF_8));
                bytes += line.size();
            }
            next += line.size() + 1L;
        }
        return new Page(List.copyOf(rows), next, true);
    }

    /** Reads a line. Returns false when the file ends before the line does. */
    private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return next == '\n';
    }
}
