package dev.juggler.work.exec;

import dev.juggler.job.TaskError;
import dev.juggler.job.Value.Exited;
import java.io.IOException;
import java.util.Map;

/**
 * Errors for exit statuses other than 0. All but a failed start may be retried, as with GNU parallel, because the
 * status does not say why a program failed.
 */
final class ExitErrors {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /**
     * The signals that are recognized in a status of 128 + n. No others are, because programs use such statuses too.
     */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(6, "ABRT"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(11, "SEGV"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"));

    private ExitErrors() {}

    /**
     * Returns the error of a program that exited with another status than 0.
     *
     * @param bySetsid whether {@code setsid} started the program, and so reports that it could not execute it
     */
    static TaskError of(String program, Exited value, boolean bySetsid) throws IOException {
        int exit = value.exit();
        String lastLine = LastOutputLine.of(value.stderr());
        if (bySetsid && (exit == NOT_EXECUTABLE || exit == NOT_FOUND) && lastLine.startsWith("setsid: ")) {
            return TaskError.permanent("spawn", startFailure(program, lastLine));
        }
        String signal = SIGNALS.get(exit - 128);
        String status = "exit status " + exit + (signal == null ? "" : " (signal " + signal + ")");
        String message = lastLine.isEmpty() ? status : status + ": " + lastLine;
        return TaskError.passing(signal == null ? "exit" : "signal", message);
    }

    private static String startFailure(String program, String lastLine) {
        return ExecutableLookup.find(program).isEmpty()
                ? ExecutableLookup.reason(program)
                : "cannot start '" + program + "': " + lastLine.substring("setsid: ".length());
    }
}
