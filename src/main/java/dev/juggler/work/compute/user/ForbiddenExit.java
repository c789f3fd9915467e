package dev.juggler.work.compute.user;

/**
 * Replaces {@link System#exit} and similar methods in users' classes, because ending the JVM would lose the other tasks
 * and the report. {@link ExitCallRewriter} inserts the calls. Public because those classes are in other packages.
 */
@SuppressWarnings("DoNotCallSuggester") // ExitCallRewriter inserts the calls
public final class ForbiddenExit {
    private ForbiddenExit() {}

    /** Thrown in place of an exit. An error, so that {@code catch (Exception e)} does not hide it. */
    public static final class ExitAttemptError extends Error {
        private static final long serialVersionUID = 1;

        private ExitAttemptError(String call, int status) {
            super(
                    "the function called " + call + "(" + status + "), which would have ended Juggler itself;"
                            + " return or throw instead, or run it under --model processes",
                    null,
                    false,
                    true);
        }
    }

    /** Fails the calling task in place of {@link System#exit}. */
    public static void systemExit(int status) {
        throw new ExitAttemptError("System.exit", status);
    }

    /** Fails the calling task in place of {@link Runtime#exit}. */
    public static void runtimeExit(Runtime runtime, int status) {
        throw new ExitAttemptError("Runtime.exit", status);
    }

    /** Fails the calling task in place of {@link Runtime#halt}. */
    public static void runtimeHalt(Runtime runtime, int status) {
        throw new ExitAttemptError("Runtime.halt", status);
    }
}
