package dev.juggler.work.exec;

import dev.juggler.job.TaskError;
import dev.juggler.job.Value.Exited;
import java.io.IOException;
import java.util.Map;

/**
 * What an exit status other than 0 means. All of it may be retried, as under GNU parallel: why a program failed is its
 * own affair.
 */
final class ExitErrors {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** The JDK and the shells report signal n as 128 + n; only these, since programs use statuses above 128 as well. */
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
     * The error of a program that exited with another status than 0.
     *
     * @param bySetsid whether {@code setsid} started it, which speaks for a program that it could not become
     */
    static TaskError of(String program, Exited value, boolean bySetsid) throws IOException {
        int exit = value.exit();
        String lastLine = LastOutputLine.of(value.stderr());
        if (bySetsid && (exit == NOT_EXECUTABLE || exit == NOT_FOUND) && lastLine.startsWith("setsid: ")) {
            return TaskError.permanent("spawn", unstarted(program, lastLine));
        }
        String signal = SIGNALS.get(exit - 128);
        String status = "exit status " + exit + (signal == null ? "" : " (signal " + signal + ")");
        String message = lastLine.isEmpty() ? status : status + ": " + lastLine;
        return TaskError.passing(signal == null ? "exit" : "signal", message);
    }

    private static String unstarted(String program, String lastLine) {
        return ExecutableLookup.find(program).isEmpty()
                ? ExecutableLookup.complaint(program)
                : "could not start '" + program + "': " + lastLine.substring("setsid: ".length());
    }
}
