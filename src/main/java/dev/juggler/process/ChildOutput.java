package dev.juggler.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the output of a child to this JVM's stderr, line by line with the child's name in front, up to a limit for
 * all children together. Reads the child's stderr on a thread of its own.
 */
final class ChildOutput {
    /** Longer lines are cut to this number of characters. */
    private static final int MAX_LINE = 4_096;
    /** The number of lines that are forwarded for all children together. */
    private static final int MAX_LINES = 2_000;

    private static final AtomicInteger FORWARDED = new AtomicInteger();

    private final String name;
    private final BufferedReader stderr;
    private final Thread reader;
    private volatile @Nullable String last;
    private volatile boolean muted;

    ChildOutput(String name, BufferedReader stderr) {
        this.name = name;
        this.stderr = stderr;
        this.reader =
                Thread.ofPlatform().daemon().name("juggler-" + name + "-stderr").start(this::forwardStderr);
    }

    private void forwardStderr() {
        try (stderr) {
            for (String line = nextLine(); line != null; line = nextLine()) {
                forward(line);
            }
        } catch (IOException broken) {
            // The child is ending, which its exit reports.
            return;
        }
    }

    /** Forwards a line of output. */
    void forward(String line) {
        if (!line.isBlank()) {
            last = line;
        }
        if (muted) {
            return;
        }
        int number = FORWARDED.incrementAndGet();
        if (number <= MAX_LINES) {
            System.err.println(name + ": " + line.substring(0, Math.min(line.length(), MAX_LINE)));
        } else if (number == MAX_LINES + 1) {
            System.err.println(name + ": (further output of child processes is not shown)");
        }
    }

    /** The next line, cut if it is long; null at the end. */
    private @Nullable String nextLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = stderr.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() < MAX_LINE) {
                line.append((char) next);
            }
            next = stderr.read();
        }
        return line.toString();
    }

    /** Sets the last line without forwarding it. */
    void remember(String line) {
        last = line;
    }

    /** Stops forwarding. */
    void mute() {
        muted = true;
    }

    /** Waits until stderr has ended, at most this long. */
    void await(long millis) throws InterruptedException {
        reader.join(millis);
    }

    /** The last line that is not blank. */
    Optional<String> last() {
        return Optional.ofNullable(last);
    }
}
