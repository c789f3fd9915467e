package dev.juggler.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A concurrency model: where the tasks of a job run, and how many at a time. */
public enum ConcurrencyModel {
    /** One worker verticle that runs one task at a time: a plain loop. */
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

    /** The name that Python programmers know this model by. */
    public String pythonName() {
        return pythonName;
    }

    /** The model with this {@link #id()}; empty when there is none. */
    public static Optional<ConcurrencyModel> named(String id) {
        return Arrays.stream(values()).filter(model -> model.id().equals(id)).findFirst();
    }

    /** All names, joined by commas, for a message. */
    public static String names() {
        return Arrays.stream(values()).map(ConcurrencyModel::id).collect(Collectors.joining(", "));
    }
}
