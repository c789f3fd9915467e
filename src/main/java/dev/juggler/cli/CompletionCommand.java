package dev.juggler.cli;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code completion}. */
final class CompletionCommand implements Command {
    enum Shell {
        bash,
        zsh
    }

    private @Nullable CommandSpec command;

    @Override
    public void declare(OptionSyntax syntax) {
        command = syntax.command();
        syntax.describe("Prints a completion script for bash or zsh.");
        syntax.footer("", "  source <(juggler completion bash)");
        syntax.argument("bash|zsh", Shell.class, value -> {}, "The shell. The same script works in both.");
    }

    @Override
    public Integer call() {
        System.out.print(AutoComplete.bash(
                "juggler",
                Objects.requireNonNull(command, "not declared").commandLine().getParent()));
        return ExitCodes.OK;
    }
}
