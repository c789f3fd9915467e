package dev.juggler.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * All commands, by name. A command's options are read by reflection, which takes longer than most of what a start does,
 * so only the one that is asked for is made.
 */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = all();

    private Commands() {}

    private static Map<String, Supplier<Object>> all() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("fetch", FetchCommand::new);
        all.put("compute", ComputeCommand::new);
        all.put("exec", ExecCommand::new);
        all.put("compare", CompareCommand::new);
        all.put("compare-child", CompareChildCommand::new);
        all.put("tune", TuneCommand::new);
        all.put("demo", DemoCommand::new);
        all.put("run", RunCommand::new);
        all.put("node", NodeCommand::new);
        all.put("submit", SubmitCommand::new);
        all.put("jobs", JobsCommand::new);
        all.put("watch", WatchCommand::new);
        all.put("outcomes", OutcomesCommand::new);
        all.put("cancel", CancelCommand::new);
        all.put("requeue", RequeueCommand::new);
        all.put("completion", CompletionCommand::new);
        all.put("aot-training", AotTrainingCommand::new);
        return all;
    }

    /** The parser for these arguments: with the command they begin with, or else with all of them. */
    static CommandLine parserFor(CommandTail tail) {
        String[] own = tail.own();
        boolean one = own.length > 0 && ALL.containsKey(own[0]) && !own[0].equals("completion");
        CommandLine line = new CommandLine(new JugglerCommand(tail));
        ALL.forEach((name, command) -> {
            if (!one || name.equals(own[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setUsageHelpAutoWidth(true);
        Converters.register(line);
        Errors.installOn(line);
        line.setDefaultValueProvider(new Defaults());
        return line;
    }

    /** The parser that knows all commands. */
    static CommandLine parserOfAll() {
        return parserFor(new CommandTail(new String[0], null));
    }
}
