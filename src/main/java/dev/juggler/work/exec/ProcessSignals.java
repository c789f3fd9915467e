package dev.juggler.work.exec;

import dev.juggler.libc.Libc;

/**
 * Signals to processes and process groups, by {@code kill(2)} itself.
 *
 * <p>The {@code kill} program would do too, but slim images lack it, and it is one more process to start just when
 * processes may have become scarce.
 */
final class ProcessSignals {
    static final int TERM = 15;
    static final int KILL = 9;

    private ProcessSignals() {}

    /** Sends the signal to every process of the group; false when the group has none, or none that we may signal. */
    static boolean toGroup(long group, int signal) {
        try {
            Libc.KILL.call(-group, signal);
            return true;
        } catch (Libc.Failure e) {
            return false;
        }
    }

    /** The group of a process, or -1 when there is no such process. */
    static long groupOf(long pid) {
        try {
            return Libc.GETPGID.call(pid);
        } catch (Libc.Failure e) {
            return -1;
        }
    }
}
