package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.FilePart;
import dev.juggler.work.compute.function.JsonResults;
import dev.juggler.work.compute.function.TaskFailureException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * {@code word-count}: the number of lines, words and bytes of a file or a part of one. As with {@code LC_ALL=C wc}, a
 * line ends with a line feed, and ASCII white space separates words.
 */
final class WordCount {
    private static final int BUFFER = 1 << 16;

    private long lines;
    private long words;
    private long bytes;
    private boolean inWord;

    private WordCount() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        WordCount count = FilePart.of(input).read(WordCount::of);
        return JsonResults.object(
                Map.entry("lines", count.lines), Map.entry("words", count.words), Map.entry("bytes", count.bytes));
    }

    private static WordCount of(InputStream in) throws IOException {
        WordCount count = new WordCount();
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            count.add(buffer, length);
        }
        return count;
    }

    private void add(byte[] buffer, int length) {
        bytes += length;
        for (int i = 0; i < length; i++) {
            byte octet = buffer[i];
            boolean blank = octet == ' ' || octet >= '\t' && octet <= '\r';
            lines += octet == '\n' ? 1 : 0;
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
    }
}
