package dev.juggler.cli.command;

import dev.juggler.journal.JournalException;
import dev.juggler.report.SafeText;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.NearestName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports the failures of commands as one line on stderr and an exit code. */
public final class CommandErrors {
    private CommandErrors() {}

    /** Installs the handlers of failures. */
    public static CommandLine installOn(CommandLine line) {
        line.setParameterExceptionHandler(CommandErrors::onBadParameter);
        line.setExecutionExceptionHandler(CommandErrors::onFailure);
        return line;
    }

    private static int onBadParameter(ParameterException e, String[] args) {
        // Settings are read while options are parsed, and picocli wraps failures to read them.
        if (e.getCause() instanceof CommandFailure failure) {
            tell(failure.getMessage());
            return failure.exitCode();
        }
        CommandLine line = e.getCommandLine();
        tell(origin(e, line) + reason(e, line) + " (see '"
                + line.getCommandSpec().qualifiedName() + " --help')");
        return ExitCodes.USAGE;
    }

    /** Returns the origin of an invalid value that is not on the command line, for a message; else the empty text. */
    private static String origin(ParameterException e, CommandLine line) {
        return line.getDefaultValueProvider() instanceof OptionDefaults defaults && e.getArgSpec() != null
                ? defaults.originOf(e.getArgSpec(), e.getValue())
                        .map(origin -> origin + ": ")
                        .orElse("")
                : "";
    }

    private static String reason(ParameterException e, CommandLine line) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return firstLine(e.getMessage());
        }
        String first = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption()) {
            String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return firstLine(e.getMessage())
                    + NearestName.question(
                            name, line.getCommandSpec().optionsMap().keySet());
        }
        if (line.getParent() == null) {
            return "there is no command '" + first + "'"
                    + NearestName.question(first, line.getSubcommands().keySet());
        }
        return CommandTail.isTakenBy(line.getCommandName())
                ? "'" + first + "' is not an option; write the command to run after --, as in '"
                        + line.getCommandSpec().qualifiedName() + " -- " + first + " …'"
                : firstLine(e.getMessage());
    }

    private static int onFailure(Exception e, CommandLine line, ParseResult parsed) throws Exception {
        switch (e) {
            case CommandFailure failure -> {
                tell(failure.getMessage());
                return failure.exitCode();
            }
            case InvalidWorkException invalid -> {
                tell(invalid.getMessage());
                return invalid.isOutput() ? ExitCodes.OUTPUT : ExitCodes.USAGE;
            }
            case JournalException journal -> {
                tell(journal.getMessage());
                return journal.isOutput() ? ExitCodes.OUTPUT : ExitCodes.USAGE;
            }
            default -> throw e;
        }
    }

    /** Prints one line on stderr. */
    public static void tell(@Nullable String message) {
        System.err.println("juggler: " + SafeText.of(String.valueOf(message)));
    }

    /** Returns the first line of a text, such as the message of an exception. */
    public static String firstLine(@Nullable String text) {
        String all = String.valueOf(text);
        return all.lines().findFirst().orElse(all);
    }
}
