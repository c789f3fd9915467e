package dev.juggler.work.exec;

import dev.juggler.libc.Libc;

/**
 * Sends signals to process groups with {@code kill(2)}.
 *
 * <p>The {@code kill} program is no alternative: slim images lack it, and it would need one more process just when
 * processes may be scarce.
 */
final class ProcessSignals {
    static final int TERM = 15;
    static final int KILL = 9;

    private ProcessSignals() {}

    /**
     * Sends a signal to every process of a group. Returns false when the group has no process that may be signalled.
     */
    static boolean toGroup(long group, int signal) {
        try {
            Libc.KILL.call(-group, signal);
            return true;
        } catch (Libc.Failure e) {
            return false;
        }
    }

    /** Returns the group of a process, or -1 when there is no such process. */
    static long groupOf(long pid) {
        try {
            return Libc.GETPGID.call(pid);
        } catch (Libc.Failure e) {
            return -1;
        }
    }
}
