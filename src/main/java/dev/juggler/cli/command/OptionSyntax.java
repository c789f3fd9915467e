package dev.juggler.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Declares a command's options to picocli, by calls: annotations, which are read by reflection, cost a quarter of the
 * start. The value of an option reaches its consumer while the command line is parsed, and so does its default, if
 * there is one; otherwise the consumer is not called.
 */
public final class OptionSyntax {
    /** Creates the objects that picocli needs, which are lists. Its own factory looks for Groovy first. */
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

    /** Creates the spec of a command under this name, with its own declarations and {@code --help}. */
    public static CommandSpec of(String name, Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
        OptionSyntax syntax = new OptionSyntax(spec);
        syntax.add(option("-h, --help", boolean.class, asked -> {}, "Show this help.")
                .usageHelp(true));
        command.declare(syntax);
        return spec;
    }

    /** Returns the spec of the command, for features that this class does not cover. */
    public CommandSpec command() {
        return command;
    }

    /** Sets the description in the help. */
    public void describe(String... lines) {
        command.usageMessage().description(lines);
    }

    /** Sets the lines below the options. */
    public void footer(String... lines) {
        command.usageMessage().footer(lines);
    }

    /** Sets the synopsis, instead of the generated one. */
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

    /** Adds a first argument that is required. */
    public <T> void argument(String label, Class<T> type, Consumer<T> to, String... description) {
        command.addPositional(positional(to, description)
                .type(type)
                .index("0")
                .paramLabel(label)
                .arity("1")
                .required(true)
                .build());
    }

    /** Adds optional arguments, from this position on. */
    public <T> void arguments(int from, String label, Class<T> type, Consumer<List<T>> to, String... description) {
        command.addPositional(positional(to, description)
                .type(List.class)
                .auxiliaryTypes(type)
                .index(from + "..*")
                .paramLabel(label)
                .arity("0..1")
                .build());
    }

    /** Adds an option. */
    public void add(OptionSpec.Builder option) {
        command.addOption(option.build());
    }

    /** Creates an option to be completed before it is added. */
    public static <T> OptionSpec.Builder option(String names, Class<T> type, Consumer<T> to, String... description) {
        return bound(names, to, description).type(type);
    }

    /** Creates an option that may be repeated, to be completed before it is added. */
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
     * Passes a value set by picocli to its consumer, and returns it on request. An option has no initial value, which
     * picocli would set before it parses.
     */
    private static final class Binding implements ISetter, IGetter {
        private final Consumer<?> to;
        private @Nullable Object value;

        Binding(Consumer<?> to) {
            this.to = to;
        }

        @Override
        @SuppressWarnings("unchecked") // of the type that the option was declared with
        public <T> @Nullable T set(@Nullable T next) {
            @Nullable T last = (T) value;
            value = next;
            ((Consumer<T>) to).accept(next);
            return last;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as picocli declares it
        public <T> @Nullable T get() {
            return (T) value;
        }
    }
}
