package dev.juggler.work.exec;

import java.util.concurrent.CompletableFuture;

/** A started program and the files that it writes to. Safe for use by several threads. */
interface StartedProgram {

    /** Returns the process id, which is not reused before {@link #isAlive()} is false. */
    long pid();

    /**
     * Completes with the exit status, 128 + n for signal n, when the program has exited, even if its descendants still
     * run.
     */
    CompletableFuture<Integer> onExit();

    ProgramOutputFile stdout();

    ProgramOutputFile stderr();

    default boolean isAlive() {
        return !onExit().isDone();
    }
}
