package dev.juggler.cli;

import dev.juggler.cli.cluster.CancelCommand;
import dev.juggler.cli.cluster.JobsCommand;
import dev.juggler.cli.cluster.NodeCommand;
import dev.juggler.cli.cluster.OutcomesCommand;
import dev.juggler.cli.cluster.RequeueCommand;
import dev.juggler.cli.cluster.RunCommand;
import dev.juggler.cli.cluster.SubmitCommand;
import dev.juggler.cli.cluster.WatchCommand;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.Converters;
import dev.juggler.cli.command.OptionDefaults;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.compare.CompareCommand;
import dev.juggler.cli.compare.DemoCommand;
import dev.juggler.cli.compare.TuneCommand;
import dev.juggler.cli.run.ComputeCommand;
import dev.juggler.cli.run.ExecCommand;
import dev.juggler.cli.run.FetchCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * All commands by name. Declaring the options of a command takes longer than most of a start, so only the requested
 * command is created.
 */
public final class Commands {
    private static final Map<String, Function<CommandTail, Command>> ALL = all();

    private Commands() {}

    private static Map<String, Function<CommandTail, Command>> all() {
        Map<String, Function<CommandTail, Command>> all = new LinkedHashMap<>();
        all.put("fetch", FetchCommand::new);
        all.put("compute", ComputeCommand::new);
        all.put("exec", ExecCommand::new);
        all.put("compare", tail -> new CompareCommand(tail, Commands::parserFor, ComparisonChildMain.class));
        all.put("tune", tail -> new TuneCommand(tail, Commands::parserFor));
        all.put("demo", tail -> new DemoCommand(Commands::parserFor));
        all.put("run", tail -> new RunCommand());
        all.put("node", tail -> new NodeCommand());
        all.put("submit", tail -> new SubmitCommand(tail, Commands::parserFor));
        all.put("jobs", tail -> new JobsCommand());
        all.put("watch", tail -> new WatchCommand());
        all.put("outcomes", tail -> new OutcomesCommand());
        all.put("cancel", tail -> new CancelCommand());
        all.put("requeue", tail -> new RequeueCommand());
        all.put("completion", tail -> new CompletionCommand());
        all.put("aot-training", tail -> new AotTrainingCommand());
        return all;
    }

    /** Returns the parser for these arguments, with the command that they begin with, or with all commands. */
    public static CommandLine parserFor(CommandTail tail) {
        String[] own = tail.own();
        boolean one = own.length > 0 && ALL.containsKey(own[0]) && !own[0].equals("completion");
        CommandLine line = new CommandLine(OptionSyntax.of("juggler", new JugglerCommand()), OptionSyntax.FACTORY);
        ALL.forEach((name, command) -> {
            if (!one || name.equals(own[0])) {
                line.addSubcommand(name, OptionSyntax.of(name, command.apply(tail)));
            }
        });
        line.setUsageHelpAutoWidth(true);
        Converters.register(line);
        RunCommand.registerConverter(line);
        CommandErrors.installOn(line);
        line.setDefaultValueProvider(new OptionDefaults(Commands::parserOfAll));
        return line;
    }

    /** Returns the parser of all commands. */
    public static CommandLine parserOfAll() {
        return parserFor(new CommandTail(new String[0], null));
    }
}
