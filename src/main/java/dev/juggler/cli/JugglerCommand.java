package dev.juggler.cli;

import dev.juggler.boot.ProgramVersion;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import picocli.CommandLine.Model.CommandSpec;

/** Juggler itself, and its help when no command is named. */
final class JugglerCommand implements Command {
    private CommandSpec command;

    @Override
    public void declare(OptionSyntax syntax) {
        command = syntax.command();
        syntax.describe("Runs batches of fetches, functions and programs under the concurrency model you name.");
        syntax.footer(
                "",
                "Exit codes: 0 all succeeded, 1 some tasks failed, 2 usage, 3 halted by policy,",
                "4 cluster not reachable, 5 output not writable, 124 deadline,",
                "130/143 interrupted.",
                "Durations: 500ms, 2s, 1.5m.",
                "Settings: option, then JUGGLER_* variable, then conf/juggler.json.");
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
