package dev.juggler.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may be said to a command, as picocli is told it. By calls: to read the same from annotations, by reflection, was a
 * quarter of all that a start does. What an option says reaches its consumer while the command line is parsed, and so
 * does its default, where there is one; for others nothing is called.
 */
public final class OptionSyntax {
    /** Makes what picocli asks for, which is lists. Its own factory looks for Groovy first. */
    public static final IFactory FACTORY = new IFactory() {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.cast(
                    type == List.class
                            ? new ArrayList<>()
                            : type.getDeclaredConstructor().newInstance());
        }
    };

    private final CommandSpec command;

    private OptionSyntax(CommandSpec command) {
        this.command = command;
    }

    /** The command of this name, as it declares itself, with {@code --help}. */
    public static CommandSpec of(String name, Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
        OptionSyntax syntax = new OptionSyntax(spec);
        syntax.add(option("-h, --help", boolean.class, asked -> {}, "Show this help.")
                .usageHelp(true));
        command.declare(syntax);
        return spec;
    }

    /** The command itself, for what is not said in other ways. */
    public CommandSpec command() {
        return command;
    }

    public void describe(String... lines) {
        command.usageMessage().description(lines);
    }

    /** Lines below the options. */
    public void footer(String... lines) {
        command.usageMessage().footer(lines);
    }

    /** Lines in place of those that are made of the options. */
    public void synopsis(String... lines) {
        command.usageMessage().customSynopsis(lines);
    }

    /** Adds an option without a value. */
    public void flag(String names, Consumer<Boolean> to, String... description) {
        add(option(names, boolean.class, to, description));
    }

    /** Adds an option with a value. */
    public <T> void value(String names, String label, Class<T> type, Consumer<T> to, String... description) {
        add(option(names, type, to, description).paramLabel(label));
    }

    /** Adds an option that may be repeated. */
    public <T> void values(String names, String label, Class<T> type, Consumer<List<T>> to, String... description) {
        add(options(names, type, to, description).paramLabel(label));
    }

    /** Adds the argument that is to be given. */
    public <T> void argument(String label, Class<T> type, Consumer<T> to, String... description) {
        command.addPositional(positional(to, description)
                .type(type)
                .index("0")
                .paramLabel(label)
                .arity("1")
                .required(true)
                .build());
    }

    /** Adds all arguments from this one on, none perhaps. */
    public <T> void arguments(int from, String label, Class<T> type, Consumer<List<T>> to, String... description) {
        command.addPositional(positional(to, description)
                .type(List.class)
                .auxiliaryTypes(type)
                .index(from + "..*")
                .paramLabel(label)
                .arity("0..1")
                .build());
    }

    public void add(OptionSpec.Builder option) {
        command.addOption(option.build());
    }

    /** An option to which more is to be said before it is added. */
    public static <T> OptionSpec.Builder option(String names, Class<T> type, Consumer<T> to, String... description) {
        return bound(names, to, description).type(type);
    }

    /** The same for one that may be repeated. */
    public static <T> OptionSpec.Builder options(
            String names, Class<T> type, Consumer<List<T>> to, String... description) {
        return bound(names, to, description).type(List.class).auxiliaryTypes(type);
    }

    private static OptionSpec.Builder bound(String names, Consumer<?> to, String... description) {
        Binding binding = new Binding(to);
        return OptionSpec.builder(names.split(", "))
                .description(description)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    private static PositionalParamSpec.Builder positional(Consumer<?> to, String... description) {
        Binding binding = new Binding(to);
        return PositionalParamSpec.builder()
                .description(description)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /**
     * Passes on what picocli sets, and gives it back. An option that is not said has no initial value: picocli would set it to
     * null before it parses.
     */
    private static final class Binding implements ISetter, IGetter {
        private final Consumer<?> to;
        private Object value;

        Binding(Consumer<?> to) {
            this.to = to;
        }

        @Override
        @SuppressWarnings("unchecked") // of the type that the option was declared with
        public <T> T set(T next) {
            T last = (T) value;
            value = next;
            ((Consumer<T>) to).accept(next);
            return last;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as picocli declares it
        public <T> T get() {
            return (T) value;
        }
    }
}
