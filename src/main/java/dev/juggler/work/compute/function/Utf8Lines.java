package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a file or a part of one as UTF-8 text, in bounded memory. Malformed bytes become U+FFFD. */
public final class Utf8Lines {
    /** The maximum number of bytes of a file that become one string or list, and of one line. */
    public static final int MAX_IN_MEMORY = 32 << 20;

    private Utf8Lines() {}

    /** Returns the text of a part of a file. */
    public static String text(Input.FileChunk chunk) throws TaskFailureException, InterruptedException {
        if (chunk.length() > MAX_IN_MEMORY) {
            throw tooLong(chunk);
        }
        return FilePart.of(chunk).read(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Returns the lines, read lazily. Closing the stream closes the file. */
    public static Stream<String> stream(Input input) throws TaskFailureException {
        FilePart part = FilePart.of(input);
        try {
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new LineLengthLimiter(part.open()), StandardCharsets.UTF_8), 1 << 16);
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw TaskFailureException.io(part.path(), e);
        }
    }

    /** Returns all lines of a file of at most {@link #MAX_IN_MEMORY} bytes. */
    public static List<String> list(Input input) throws TaskFailureException {
        FilePart part = FilePart.of(input);
        try (Stream<String> lines = stream(input)) {
            if (Math.min(part.length(), part.path().toFile().length()) > MAX_IN_MEMORY) {
                throw tooLong(input);
            }
            return lines.toList();
        } catch (UncheckedIOException e) {
            throw TaskFailureException.io(
                    part.path(), Objects.requireNonNull(e.getCause(), "an UncheckedIOException has a cause"));
        }
    }

    private static TaskFailureException tooLong(Input input) {
        return TaskFailureException.badInput(InputConversion.quoted(input) + " has more than " + (MAX_IN_MEMORY >> 20)
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

    /** Rejects lines of more than {@link #MAX_IN_MEMORY} bytes. */
    private static final class LineLengthLimiter extends BulkInputStream {
        private long lineLength;

        LineLengthLimiter(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int size) throws IOException {
            int count = in.read(buffer, from, size);
            int last = from + count - 1;
            while (last >= from && buffer[last] != '\n') {
                last--;
            }
            lineLength = last >= from ? from + count - 1 - last : lineLength + Math.max(0, count);
            if (lineLength > MAX_IN_MEMORY) {
                throw new IOException("a line has more than " + (MAX_IN_MEMORY >> 20) + " MiB");
            }
            return count;
        }
    }
}
