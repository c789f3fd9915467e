package dev.juggler.cli.command;

import dev.juggler.cluster.ClusterException;
import org.jspecify.annotations.Nullable;

/** Ends a command with one line for the user and an exit code. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private CommandFailure(@Nullable String message, int exitCode, @Nullable Throwable cause) {
        super(message == null ? String.valueOf(cause) : message, cause);
        this.exitCode = exitCode;
    }

    /** Creates the failure of an invalid command line or configuration; nothing was run. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCodes.USAGE, null);
    }

    /** Creates the failure of an invalid command line or configuration, with its cause; nothing was run. */
    public static CommandFailure usage(@Nullable String message, @Nullable Throwable cause) {
        return new CommandFailure(message, ExitCodes.USAGE, cause);
    }

    /** Creates the failure of tasks. */
    public static CommandFailure failed(@Nullable String message, @Nullable Throwable cause) {
        return new CommandFailure(message, ExitCodes.TASKS_FAILED, cause);
    }

    /** Creates the failure to write results or files. */
    public static CommandFailure output(@Nullable String message, @Nullable Throwable cause) {
        return new CommandFailure(message, ExitCodes.OUTPUT, cause);
    }

    /** Creates the failure to reach a cluster. */
    public static CommandFailure unreachable(@Nullable String message) {
        return new CommandFailure(message, ExitCodes.UNREACHABLE, null);
    }

    /** Creates the failure to join a cluster, or of its invalid configuration. */
    public static CommandFailure cluster(ClusterException e) {
        return new CommandFailure(e.getMessage(), e.isUsage() ? ExitCodes.USAGE : ExitCodes.UNREACHABLE, e);
    }

    int exitCode() {
        return exitCode;
    }
}
