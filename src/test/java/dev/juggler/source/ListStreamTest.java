package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ListStreamTest {

    /** Generates numbered lines on demand, at most {@code atOnce} bytes at a time, and counts the bytes. */
    private static final class Lines extends InputStream {
        private final long lines;
        private final int atOnce;
        private byte[] line = new byte[0];
        private int place;
        private long made;
        private long given;

        Lines(long lines, int atOnce) {
            this.lines = lines;
            this.atOnce = atOnce;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = 0;
            while (count < Math.min(length, atOnce) && (place < line.length || made < lines)) {
                if (place == line.length) {
                    line = ("https://example.org/page/" + made++ + "\n").getBytes(StandardCharsets.UTF_8);
                    place = 0;
                }
                into[offset + count++] = line[place++];
            }
            given += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }

    @Test
    void readAheadIsLimitedToOneBuffer() throws IOException {
        Lines lines = new Lines(1_000_000, Integer.MAX_VALUE);
        Source source = Sources.list(lines);
        long count = 0;
        long taken = 0;
        for (List<Task> page = source.next(4096); !page.isEmpty(); page = source.next(4096)) {
            assertEquals(count, page.getFirst().index());
            count += page.size();
            taken += page.stream().mapToLong(task -> task.key().length() + 1).sum();
            assertTrue(lines.given - taken <= 1 << 16, () -> "read ahead too far");
        }
        assertEquals(1_000_000, count);
        assertEquals(lines.given, taken);
    }

    @Test
    void slowlyArrivingLinesAreWhole() throws IOException {
        List<String> keys = Drain.keys(Sources.list(new Lines(1000, 7)));
        assertEquals(1000, keys.size());
        assertEquals("https://example.org/page/999", keys.getLast());
    }

    @Test
    void slowPipeReturnsArrivedLines() throws Exception {
        // The program writes the next line only after it was notified that the previous one has been read.
        String program = "echo one; echo '#'; echo two; printf thr; read seen; echo ee; read seen; printf four";
        Process process = new ProcessBuilder("sh", "-c", program).start();
        try (Source source = Sources.list(process.getInputStream());
                OutputStream notification = process.getOutputStream()) {
            assertEquals(List.of("one", "two"), arrived(source, 2));
            notifyProgram(notification);
            assertEquals(List.of("three"), arrived(source, 1));
            notifyProgram(notification);
            assertEquals(List.of("four"), arrived(source, 1));
            assertTrue(source.next(100).isEmpty());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> arrived(Source source, int count) throws IOException {
        List<String> keys = new ArrayList<>();
        while (keys.size() < count) {
            source.next(100).forEach(task -> keys.add(task.key()));
        }
        return keys;
    }

    private static void notifyProgram(OutputStream notification) throws IOException {
        notification.write('\n');
        notification.flush();
    }

    @Test
    void brokenStreamIsReportedWithItsPosition() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 2;

            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left-- == 0) {
                    return read();
                }
                into[offset] = '\n';
                return 1;
            }
        };
        assertEquals(
                "cannot continue reading at line 3 of standard input: Input/output error",
                assertThrows(IOException.class, () -> Sources.list(broken).next(1))
                        .getMessage());
    }
}
