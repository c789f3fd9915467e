package dev.juggler.work.exec;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Signals to processes and process groups, by {@code kill(2)} itself.
 *
 * <p>The {@code kill} program would do too, but slim images lack it, and it is one more process to start just when
 * processes may have become scarce. The class is loaded, and with it the foreign linker, only when a program has to be
 * ended.
 */
final class Signals {
    static final int TERM = 15;
    static final int KILL = 9;

    private static final MethodHandle KILL_CALL = function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETPGID_CALL = function("getpgid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Signals() {}

    /** Sends the signal to every process of the group; false when the group has none, or none that we may signal. */
    static boolean toGroup(long group, int signal) {
        try {
            return (int) KILL_CALL.invokeExact((int) -group, signal) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }

    /** The group of a process, or -1 when there is no such process. */
    static long groupOf(long pid) {
        try {
            return (int) GETPGID_CALL.invokeExact((int) pid);
        } catch (Throwable e) {
            throw new IllegalStateException("getpgid(2) cannot be called", e);
        }
    }

    @SuppressWarnings("restricted") // libc's own functions, with the types that POSIX gives them on every platform
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
