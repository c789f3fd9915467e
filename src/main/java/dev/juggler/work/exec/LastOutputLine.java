package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/** Finds the last line of an output that is not blank, shortened for a message. */
final class LastOutputLine {
    private static final int MAX_CHARS = 200;
    private static final int TAIL_BYTES = 2048;

    private LastOutputLine() {}

    /** Returns the line without surrounding white space, or an empty text when there is none. */
    static String of(Output output) throws IOException {
        String path = output.file();
        String text = path == null ? output.text() : tail(path);
        String stripped = text.strip();
        String line = stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
    }

    private static String tail(String path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[TAIL_BYTES];
            int read = Math.max(0, file.read(bytes));
            return new String(bytes, 0, read, StandardCharsets.UTF_8);
        }
    }
}
