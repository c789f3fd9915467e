package dev.juggler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "juggler",
        description = "Runs batches of fetches, functions and programs under the concurrency model you name.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 all succeeded, 1 some tasks failed, 2 usage, 3 halted by policy,",
            "4 cluster not reachable, 5 output not writable, 124 deadline,",
            "130/143 interrupted.",
            "Durations: 500ms, 2s, 1.5m.",
            "Settings: option, then JUGGLER_* variable, then conf/juggler.json."
        })
final class JugglerCommand implements Callable<Integer> {
    private final CommandTail tail;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    JugglerCommand(CommandTail tail) {
        this.tail = tail;
    }

    /** What stood behind {@code --}: see {@link CommandTail#command}. */
    CommandTail tail() {
        return tail;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return ExitCodes.OK;
    }
}
