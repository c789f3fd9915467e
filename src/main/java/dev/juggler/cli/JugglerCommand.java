package dev.juggler.cli;

import dev.juggler.boot.ProgramVersion;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The program itself: shows its help when no command is named. */
final class JugglerCommand implements Command {
    private @Nullable CommandSpec command;

    @Override
    public void declare(OptionSyntax syntax) {
        CommandSpec spec = syntax.command();
        command = spec;
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
        spec.versionProvider(new ProgramVersion());
        spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(command, "not declared").commandLine().usage(System.out);
        return ExitCodes.OK;
    }
}
