package dev.juggler.work.exec;

import java.util.concurrent.CompletableFuture;

/** A program that was started, and the files it writes to. Safe for use by several threads. */
interface StartedProgram {

    /** Its process id, which stays its own at least until {@link #isAlive()} is false. */
    long pid();

    /**
     * Completes with the exit status, 128 + n for signal n, when the program has exited, whatever it has left running.
     */
    CompletableFuture<Integer> onExit();

    ProgramOutputFile stdout();

    ProgramOutputFile stderr();

    default boolean isAlive() {
        return !onExit().isDone();
    }
}
