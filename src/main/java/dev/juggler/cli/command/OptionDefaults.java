package dev.juggler.cli.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that are not on the command line: from a {@code JUGGLER_*} variable, else from
 * {@code conf/juggler.json}, else from the packaged settings. They are read when a command is parsed, so that
 * {@code --version} needs none of them.
 */
public final class OptionDefaults implements IDefaultValueProvider {
    private static final String PREFIX = "JUGGLER_";

    /** Variables of run.sh and of the programs of exec. */
    private static final Set<String> NOT_OPTIONS = Set.of("JUGGLER_JAVA_OPTS", "JUGGLER_HOME", "JUGGLER_TASK");

    /** Options that name the inputs or outputs of one run, and so have no settings. */
    private static final Set<String> NO_SETTINGS =
            Set.of("input", "resume", "dry-run", "journal", "null", "save", "merge", "chart", "html");

    private final Map<ArgSpec, Found> found = new HashMap<>();
    private final Supplier<CommandLine> parserOfAll;
    private @Nullable UserSettings settings;
    private @Nullable CommandLine all;

    /** @param parserOfAll creates the parser of all commands; called when a name has to be checked */
    public OptionDefaults(Supplier<CommandLine> parserOfAll) {
        this.parserOfAll = parserOfAll;
    }

    /** A default, which may be null, and its origin for messages. */
    private record Found(String origin, @Nullable String value) {}

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        boolean setting = argument.isOption()
                && argument.command() != null
                && argument.command().parent() != null
                && isSetting((OptionSpec) argument);
        if (!setting) {
            return null;
        }
        String name = nameOf((OptionSpec) argument);
        Found value = find(argument.command().name(), name);
        found.put(argument, value);
        return value.value();
    }

    private Found find(String command, String option) {
        String variable = variableOf(option);
        String value = System.getenv(variable);
        return value != null
                ? new Found("environment variable " + variable, value)
                : new Found(UserSettings.file().toString(), settings().get(command, option));
    }

    /** Returns the origin of an argument's value; empty when it came from the command line. */
    Optional<String> originOf(ArgSpec argument, @Nullable String value) {
        return Optional.ofNullable(found.get(argument))
                .filter(each -> value != null && value.equals(each.value()))
                .map(Found::origin);
    }

    private static String variableOf(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private UserSettings settings() {
        UserSettings loaded = settings;
        if (loaded == null) {
            loaded = UserSettings.load(this::namesOf);
            settings = loaded;
            checkVariables();
        }
        return loaded;
    }

    /**
     * Returns the names of a command's settings; of all commands for the empty name; null when there is no such
     * command.
     */
    private @Nullable Set<String> namesOf(String command) {
        if (command.isEmpty()) {
            return allNames();
        }
        CommandLine line = commands().get(command);
        return line == null ? null : settingsOf(line.getCommandSpec());
    }

    private Set<String> allNames() {
        return commands().values().stream()
                .flatMap(line -> settingsOf(line.getCommandSpec()).stream())
                .collect(Collectors.toSet());
    }

    private Map<String, CommandLine> commands() {
        CommandLine parser = all;
        if (parser == null) {
            parser = parserOfAll.get();
            all = parser;
        }
        return parser.getSubcommands();
    }

    private static Set<String> settingsOf(CommandSpec command) {
        return command.options().stream()
                .filter(OptionDefaults::isSetting)
                .map(OptionDefaults::nameOf)
                .collect(Collectors.toSet());
    }

    private static boolean isSetting(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp() && !NO_SETTINGS.contains(nameOf(option));
    }

    /**
     * Returns the name without hyphens. Called for every option at every start, where a regular expression would be
     * slow.
     */
    private static String nameOf(OptionSpec option) {
        String name = option.longestName();
        return name.substring(name.startsWith("--") ? 2 : 1);
    }

    private void checkVariables() {
        List<String> ours = System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX) && !NOT_OPTIONS.contains(variable))
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Set<String> known = allNames().stream().map(OptionDefaults::variableOf).collect(Collectors.toSet());
        for (String variable : ours) {
            if (!known.contains(variable)) {
                throw CommandFailure.usage("environment variable " + variable + " does not name an option: unset it");
            }
        }
    }
}
