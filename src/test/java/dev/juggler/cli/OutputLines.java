package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Collects the lines that a process writes. Thread-safe. */
public final class OutputLines {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    OutputLines(BufferedReader source) {
        reader = Thread.ofVirtual().start(() -> collect(source));
    }

    private void collect(BufferedReader source) {
        try (source) {
            String line = source.readLine();
            while (line != null) {
                add(line);
                line = source.readLine();
            }
        } catch (IOException e) {
            add("(" + e + ")");
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits up to 60 seconds for a line that contains a text. */
    public synchronized void await(String part) throws InterruptedException {
        long began = System.nanoTime();
        while (!has(part)) {
            assertTrue(System.nanoTime() - began < TIMEOUT_NANOS, "no line contains '" + part + "': " + lines);
            wait(1_000);
        }
    }

    /** Returns true if a line so far contains a text. */
    synchronized boolean has(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /** The first line so far that contains a text. */
    synchronized String first(String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    /** The lines so far. */
    @Override
    public synchronized String toString() {
        return lines.toString();
    }

    /** All lines, once the process has closed the stream. */
    List<String> all() throws InterruptedException {
        reader.join();
        synchronized (this) {
            return List.copyOf(lines);
        }
    }
}
