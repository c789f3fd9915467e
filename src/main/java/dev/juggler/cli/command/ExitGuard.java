package dev.juggler.cli.command;

/**
 * Turns an exit of the JVM during a run into a failure. User code may end the JVM with status 0, for example by
 * reflection; without the guard a shell would treat that as the success of all tasks.
 */
public final class ExitGuard {
    private static final Thread HOOK = new Thread(ExitGuard::fail, "juggler-exit-guard");
    private static boolean armed;

    private ExitGuard() {}

    /** Makes an exit a failure from now on. */
    public static synchronized void arm() {
        if (!armed) {
            Runtime.getRuntime().addShutdownHook(HOOK);
            armed = true;
        }
    }

    /** Lets the JVM exit with Juggler's own exit code from now on. */
    public static synchronized void disarm() {
        if (armed) {
            armed = false;
            try {
                Runtime.getRuntime().removeShutdownHook(HOOK);
            } catch (IllegalStateException e) {
                // Another thread is ending the JVM right now, and the hook has begun: it finds the guard disarmed.
                return;
            }
        }
    }

    private static synchronized boolean isArmed() {
        return armed;
    }

    private static void fail() {
        if (isArmed()) {
            CommandErrors.tell("a task ended the JVM before the run was complete; not every input is accounted for;"
                    + " run it under --model processes, or resume from the journal without that input");
            Runtime.getRuntime().halt(ExitCodes.TASKS_FAILED);
        }
    }
}
