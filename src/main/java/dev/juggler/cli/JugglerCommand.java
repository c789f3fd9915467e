package dev.juggler.cli;

import dev.juggler.boot.ProgramVersion;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import picocli.CommandLine.Model.CommandSpec;

/** The program itself: shows its help when no command is named. */
final class JugglerCommand implements Command {
    private CommandSpec command;

    @Override
    public void declare(OptionSyntax syntax) {
        command = syntax.command();
        syntax.describe(
                "Fetches many URLs, calls a function on many inputs, or runs a program on each, under the concurrency"
                        + " model you choose.");
        syntax.footer(
                "",
                "Exit codes: 0 all tasks succeeded, 1 some failed, 2 usage error (nothing run),",
                "3 stopped by --halt, 4 cluster not reachable, 5 output or journal not",
                "writable, 124 deadline reached, 130 interrupted, 143 terminated.",
                "Durations: 500ms, 2s, 1.5m, 2h.",
                "Precedence: option, JUGGLER_* variable, conf/juggler.json, default.");
        syntax.add(OptionSyntax.option("-V, --version", boolean.class, asked -> {}, "Show the version.")
                .versionHelp(true));
        command.versionProvider(new ProgramVersion());
        command.usageMessage().synopsisSubcommandLabel("COMMAND");
    }

    @Override
    public Integer call() {
        command.commandLine().usage(System.out);
        return ExitCodes.OK;
    }
}
