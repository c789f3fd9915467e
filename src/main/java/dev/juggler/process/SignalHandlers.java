package dev.juggler.process;

/**
 * Handlers for signals of the operating system. A shutdown hook cannot tell the first Ctrl-C from the second, and runs
 * only when the JVM is already ending. Uses {@code sun.misc.Signal}, the supported substitute for an API that the JDK
 * lacks (JEP 260).
 */
public final class SignalHandlers {
    private SignalHandlers() {}

    /**
     * Runs an action at each arrival of a signal, in place of the JVM's own handler.
     *
     * @param name without {@code SIG}, such as {@code INT}
     * @param action runs on a thread of the JVM for this one arrival
     * @throws IllegalArgumentException if the system has no such signal, or the JVM uses it itself
     */
    public static void handle(String name, Runnable action) {
        sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> action.run());
    }
}
