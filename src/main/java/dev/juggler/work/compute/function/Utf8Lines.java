package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A file or a part of one as UTF-8 text; malformed bytes become U+FFFD. What lies in memory at a time is bounded. */
public final class Utf8Lines {
    /** The most bytes of a file that become one string or list, and of one line. */
    public static final int MOST_IN_MEMORY = 32 << 20;

    private Utf8Lines() {}

    /** All the text of a part of a file. */
    public static String text(Input.FileChunk chunk) throws TaskFailureException, InterruptedException {
        if (chunk.length() > MOST_IN_MEMORY) {
            throw tooLong(chunk);
        }
        return FilePart.of(chunk).read(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The lines, read as they are asked for; closing the stream closes the file. */
    public static Stream<String> stream(Input input) throws TaskFailureException {
        FilePart part = FilePart.of(input);
        try {
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new ShortLines(part.open()), StandardCharsets.UTF_8), 1 << 16);
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw TaskFailureException.io(part.path(), e);
        }
    }

    /** All lines of a file that is not too long for that. */
    public static List<String> list(Input input) throws TaskFailureException {
        FilePart part = FilePart.of(input);
        try (Stream<String> lines = stream(input)) {
            if (Math.min(part.length(), part.path().toFile().length()) > MOST_IN_MEMORY) {
                throw tooLong(input);
            }
            return lines.toList();
        } catch (UncheckedIOException e) {
            throw TaskFailureException.io(part.path(), e.getCause());
        }
    }

    private static TaskFailureException tooLong(Input input) {
        return TaskFailureException.badInput(InputConversion.shown(input) + " has more than " + (MOST_IN_MEMORY >> 20)
                + " MiB: take smaller parts, or give the function a Stream<String> parameter, which reads line"
                + " by line");
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a line that is too long for memory. */
    private static final class ShortLines extends InputStream {
        private final InputStream in;
        private long lineLength;

        ShortLines(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int size) throws IOException {
            int count = in.read(buffer, from, size);
            int last = from + count - 1;
            while (last >= from && buffer[last] != '\n') {
                last--;
            }
            lineLength = last >= from ? from + count - 1 - last : lineLength + Math.max(0, count);
            if (lineLength > MOST_IN_MEMORY) {
                throw new IOException("a line has more than " + (MOST_IN_MEMORY >> 20) + " MiB");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
