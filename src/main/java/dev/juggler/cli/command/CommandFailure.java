package dev.juggler.cli.command;

import dev.juggler.cluster.ClusterException;

/** Ends a command with one line for the user and an exit code. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private CommandFailure(String message, int exitCode, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command line or the configuration is wrong, and nothing was run. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCodes.USAGE, null);
    }

    public static CommandFailure usage(String message, Throwable cause) {
        return new CommandFailure(message, ExitCodes.USAGE, cause);
    }

    /** Tasks failed. */
    public static CommandFailure failed(String message, Throwable cause) {
        return new CommandFailure(message, ExitCodes.TASKS_FAILED, cause);
    }

    /** Results or files cannot be written. */
    public static CommandFailure output(String message, Throwable cause) {
        return new CommandFailure(message, ExitCodes.OUTPUT, cause);
    }

    /** No cluster can be reached. */
    public static CommandFailure unreachable(String message) {
        return new CommandFailure(message, ExitCodes.UNREACHABLE, null);
    }

    /** The cluster cannot be joined, or its configuration is wrong. */
    public static CommandFailure cluster(ClusterException e) {
        return new CommandFailure(e.getMessage(), e.isUsage() ? ExitCodes.USAGE : ExitCodes.UNREACHABLE, e);
    }

    int exitCode() {
        return exitCode;
    }
}
