package dev.juggler.cli;

import dev.juggler.boot.ProgramVersion;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.ExitGuard;
import dev.juggler.cli.run.JobCommand;
import java.util.List;

/** The entry point of the command line. */
public final class Main {
    private Main() {}

    /** Runs the command in the arguments, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        int code = run(args);
        ExitGuard.disarm();
        System.exit(code);
    }

    static int run(String[] args) {
        int code = args.length == 1 && args[0].equals("--version") ? version() : execute(args);
        if (code == ExitCodes.OK && System.out.checkError()) {
            CommandErrors.tell("cannot write to standard output");
            return ExitCodes.OUTPUT;
        }
        return code;
    }

    /** Prints the version without the parser, which is several times as fast; scripts do it often. */
    private static int version() {
        System.out.println(ProgramVersion.text());
        return ExitCodes.OK;
    }

    private static int execute(String[] args) {
        CommandTail tail = CommandTail.split(withoutHelpCommand(args));
        return Commands.parserFor(tail).execute(tail.own());
    }

    /** Turns {@code help COMMAND} into {@code COMMAND --help}, and {@code help} into {@code --help}. */
    private static String[] withoutHelpCommand(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        return args.length == 1 ? new String[] {"--help"} : new String[] {args[1], "--help"};
    }

    /** Parses the command of these arguments without running it. */
    static JobCommand parse(List<String> arguments) {
        CommandTail tail = CommandTail.split(arguments.toArray(String[]::new));
        return (JobCommand) Commands.parserFor(tail)
                .parseArgs(tail.own())
                .subcommand()
                .commandSpec()
                .userObject();
    }
}
