package dev.juggler.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a child writes to stderr: passed on line by line with its name before it, up to a bound for all of them. */
final class ChildStderr {
    /** A line is cut here. */
    private static final int LONGEST_LINE = 4_096;
    /** So many lines of all children together are passed on. */
    private static final int MOST_LINES = 2_000;

    private static final AtomicInteger PASSED = new AtomicInteger();

    private final String name;
    private final BufferedReader lines;
    private final Thread reader;
    private volatile String last;
    private volatile boolean muted;

    ChildStderr(String name, BufferedReader lines) {
        this.name = name;
        this.lines = lines;
        this.reader =
                Thread.ofPlatform().daemon().name("juggler-" + name + "-stderr").start(this::pass);
    }

    private void pass() {
        try (lines) {
            for (String line = line(); line != null; line = line()) {
                if (!line.isBlank()) {
                    last = line;
                }
                pass(line);
            }
        } catch (IOException broken) {
            // It is ending; its exit tells.
            return;
        }
    }

    private void pass(String line) {
        if (muted) {
            return;
        }
        int number = PASSED.incrementAndGet();
        if (number <= MOST_LINES) {
            System.err.println(name + ": " + line);
        } else if (number == MOST_LINES + 1) {
            System.err.println(name + ": (what the processes write to stderr from here on is left out)");
        }
    }

    /** The next line, or the beginning of a long one; null at the end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = lines.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
            next = lines.read();
        }
        return line.toString();
    }

    /** Takes a line that came another way as the last. */
    void remember(String line) {
        last = line;
    }

    /** Passes on no more. */
    void mute() {
        muted = true;
    }

    void await(long millis) throws InterruptedException {
        reader.join(millis);
    }

    Optional<String> last() {
        return Optional.ofNullable(last);
    }
}
