package dev.juggler.job;

import java.util.Arrays;
import java.util.Locale;

/** A kind of work, with all traits that schedulers, nodes and commands depend on. */
public enum WorkKind {
    /** Reads URLs, and may save what is there: tasks wait for servers. */
    FETCH(ConcurrencyModel.ASYNC),
    /** Calls functions in this JVM. */
    COMPUTE(ConcurrencyModel.THREADS),
    /** Runs programs, each in a process of its own. */
    EXEC(ConcurrencyModel.THREADS);

    private static final int WAITING_AT_A_TIME = 64;
    private static final int VIRTUAL_AT_A_TIME = 256;

    private final ConcurrencyModel defaultModel;

    WorkKind(ConcurrencyModel defaultModel) {
        this.defaultModel = defaultModel;
    }

    /** The name on the command line, on the bus and in rows, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with this {@link #id()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static WorkKind named(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no kind of work '" + id + "': it is fetch, compute or exec"));
    }

    /** The model that suits most jobs of this kind: the one that a run which chooses its model starts with. */
    public ConcurrencyModel defaultModel() {
        return defaultModel;
    }

    /**
     * The number of workers, or of tasks in flight, when the user sets none. As in Python's {@code ThreadPoolExecutor},
     * work that waits gets a few more threads than there are cores; functions and programs, which compute, get one
     * each.
     *
     * @param model the model that the tasks run under
     * @param cores the processors of this machine
     */
    public int defaultConcurrency(ConcurrencyModel model, int cores) {
        return switch (model) {
            case SEQUENTIAL -> 1;
            case THREADS -> waitsForServers() ? Math.min(32, cores + 4) : cores;
            case VIRTUAL -> startsPrograms() ? cores : VIRTUAL_AT_A_TIME;
            case ASYNC -> startsPrograms() ? cores : WAITING_AT_A_TIME;
            case PROCESSES -> cores;
        };
    }

    /** Returns whether tasks wait for servers, rather than need the processors of this machine. */
    public boolean waitsForServers() {
        return this == FETCH;
    }

    /** Returns whether each task needs a process and its memory. */
    public boolean startsPrograms() {
        return this == EXEC;
    }

    /** Returns whether tasks run foreign code in this JVM, which may block its thread or event loop for any time. */
    public boolean callsFunctions() {
        return this == COMPUTE;
    }

    /** Returns whether tasks may save files. If so, a failed write is a failure of the output, not only of the task. */
    public boolean savesFiles() {
        return this == FETCH;
    }

    /**
     * Returns whether failures indicate too many concurrent tasks. Those of an overloaded server do; a program fails
     * for other reasons.
     */
    public boolean failsUnderLoad() {
        return this != EXEC;
    }

    /** Returns whether outcomes are short and frequent, so that many may wait to be written. */
    public boolean hasShortOutcomes() {
        return this == COMPUTE;
    }
}
