package dev.juggler.cli.command;

import dev.juggler.report.RunReport;

/** The exit codes of every command. */
public final class ExitCodes {
    /** Every task succeeded. */
    public static final int OK = 0;
    /** Some tasks failed, or the inputs could not be read to their end. */
    public static final int TASKS_FAILED = 1;
    /** The command line or the configuration is invalid; nothing was run. */
    public static final int USAGE = 2;
    /** The halt policy stopped the run. */
    public static final int HALTED = 3;
    /** The cluster cannot be reached, or cannot accept the request now. */
    public static final int UNREACHABLE = 4;
    /** Results, output folder or journal cannot be written. */
    public static final int OUTPUT = 5;
    /** The deadline stopped the run; this is the code of timeout(1). */
    public static final int DEADLINE = 124;
    /** A signal ended the run: 128 plus its number. */
    public static final int SIGNAL = 128;

    private ExitCodes() {}

    /**
     * Returns the exit code of a run.
     *
     * @param signal the number of the signal that ended it, or 0
     * @param unsaved whether a body could not be saved
     */
    public static int of(RunReport report, int signal, boolean unsaved) {
        return switch (report.ending()) {
            case COMPLETED -> unsaved ? OUTPUT : report.counts().unsuccessful() == 0 ? OK : TASKS_FAILED;
            case HALTED -> HALTED;
            case DEADLINE -> DEADLINE;
            case INTERRUPTED -> SIGNAL + signal;
            case OUTPUT_FAILED -> OUTPUT;
            case INPUT_FAILED, WORKERS_FAILED -> TASKS_FAILED;
        };
    }
}
