package dev.juggler.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the tasks of a job run and how many of them at a time. */
public enum ConcurrencyModel {
    /** One worker verticle that does one task at a time: a plain loop. */
    SEQUENTIAL("a plain loop"),
    /** Several worker verticles, each on a thread of its own with blocking code: {@code ThreadPoolExecutor}. */
    THREADS("ThreadPoolExecutor"),
    /** Several verticles on virtual threads, with the same blocking code as {@link #THREADS}. */
    VIRTUAL("(none)"),
    /** One event-loop verticle with many tasks in flight on one thread: {@code asyncio.gather}. */
    ASYNC("asyncio.gather"),
    /** Several JVMs, each with one sequential worker or another model inside: {@code multiprocessing.Pool}. */
    PROCESSES("multiprocessing.Pool");

    private final String pythonName;

    ConcurrencyModel(String pythonName) {
        this.pythonName = pythonName;
    }

    /** The name on the command line and in rows, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a Python programmer calls this model. */
    public String pythonName() {
        return pythonName;
    }

    /**
     * How many workers, or tasks in flight, there are when nothing is said. As in Python's {@code ThreadPoolExecutor},
     * threads are a few more than cores for work that waits; for functions and programs, which compute, they are one
     * each.
     *
     * @param work the kind of work: {@code fetch}, {@code compute} or {@code exec}
     * @param cores the processors of this machine
     */
    public int defaultConcurrency(String work, int cores) {
        boolean waits = work.equals("fetch");
        return switch (this) {
            case SEQUENTIAL -> 1;
            case THREADS -> waits ? Math.min(32, cores + 4) : cores;
            case VIRTUAL -> work.equals("exec") ? cores : 256;
            case ASYNC -> work.equals("exec") ? cores : 64;
            case PROCESSES -> cores;
        };
    }

    /** The model with this {@link #id()}, or empty when there is none. */
    public static Optional<ConcurrencyModel> named(String id) {
        return Arrays.stream(values()).filter(model -> model.id().equals(id)).findFirst();
    }

    /** All names, joined by commas, for a message. */
    public static String names() {
        return Arrays.stream(values()).map(ConcurrencyModel::id).collect(Collectors.joining(", "));
    }
}
