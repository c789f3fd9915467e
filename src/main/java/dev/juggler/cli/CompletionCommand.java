package dev.juggler.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a completion script for bash or zsh.",
        footer = {"", "  source <(juggler completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Parameters(paramLabel = "bash|zsh", description = "The shell; the script works in both.")
    private Shell shell;

    @Override
    public Integer call() {
        System.out.print(AutoComplete.bash("juggler", spec.commandLine().getParent()));
        return ExitCodes.OK;
    }
}
