package dev.juggler.cli;

import java.util.List;
import picocli.CommandLine;

/** The entry point of the command line. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String[] args) {
        CommandTail tail = CommandTail.split(args);
        int code = commandLine(tail).execute(tail.own());
        if (code == ExitCodes.OK && System.out.checkError()) {
            Errors.tell("cannot write to standard output");
            return ExitCodes.OUTPUT;
        }
        return code;
    }

    /** The command of these arguments, parsed and not run. */
    static JobCommand parse(List<String> arguments) {
        CommandTail tail = CommandTail.split(arguments.toArray(String[]::new));
        return (JobCommand) commandLine(tail)
                .parseArgs(tail.own())
                .subcommand()
                .commandSpec()
                .userObject();
    }

    /** The parser of all commands. */
    static CommandLine commandLine(CommandTail tail) {
        CommandLine line = new CommandLine(new JugglerCommand(tail));
        line.setUsageHelpAutoWidth(true);
        Converters.register(line);
        Errors.installOn(line);
        line.setDefaultValueProvider(new Defaults(line));
        return line;
    }
}
