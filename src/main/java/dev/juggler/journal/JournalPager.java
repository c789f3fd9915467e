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

/** Reads the rows of a journal a page at a time, even while it is being written: only whole rows are given. */
public final class JournalPager {
    private static final int BUFFER = 1 << 16;

    private JournalPager() {}

    /**
     * Some rows.
     *
     * @param rows outcome rows as they stand in the file, without line ends
     * @param next where the following page begins, in bytes
     * @param last whether there are no more rows now
     */
    public record Page(List<String> rows, long next, boolean last) {}

    /**
     * Reads a page. Blocks.
     *
     * @param position 0, or where an earlier page ended
     * @param maxRows how many rows at most
     * @param maxBytes where a page ends although it has fewer rows; a longer row comes alone
     * @throws IllegalArgumentException when no row begins at that position
     */
    public static Page read(Path journal, long position, int maxRows, int maxBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            check(channel, position);
            channel.position(position);
            return read(new BufferedInputStream(Channels.newInputStream(channel), BUFFER), position, maxRows, maxBytes);
        } catch (NoSuchFileException e) {
            // The run has not begun.
            if (position != 0) {
                throw outside(position);
            }
            return new Page(List.of(), 0, true);
        }
    }

    private static void check(FileChannel channel, long position) throws IOException {
        ByteBuffer before = ByteBuffer.allocate(1);
        boolean sound = position == 0
                || (position > 0
                        && position <= channel.size()
                        && channel.read(before, position - 1) == 1
                        && before.get(0) == '\n');
        if (!sound) {
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

    /** Reads a line; false when the file ends before it does. */
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
