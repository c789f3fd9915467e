package dev.juggler.option;

import dev.juggler.job.FetchSpecBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of fetch: how it is written on the command line and in a request to a node, its type, range and default,
 * what it sets in the spec of the work, and whether a node accepts it from others. {@link FetchOptions} has all of
 * them.
 *
 * @param <T> the type of its value
 */
public final class FetchOption<T> {
    /** The form of an option on the command line. */
    public enum Form {
        /** With one value. */
        VALUE,
        /** With a value, and more than once. */
        LIST,
        /** Without a value, which follows from the spelling. */
        FLAG,
        /** Without a value, with a spelling that begins with {@code --no-} for false. */
        NEGATABLE,
        /** Not among the options of the command fetch. */
        NONE
    }

    /** The part of a request to a node that an option is a member of. */
    public enum Part {
        /** {@code work} itself. */
        WORK(""),
        /** {@code work.transfer}. */
        TRANSFER("transfer"),
        /** {@code work.saving}. */
        SAVING("saving"),
        /** {@code inputs.from}. */
        API("from");

        private final String member;

        Part(String member) {
            this.member = member;
        }

        /** The name of the member that holds the part; empty for {@link #WORK}. */
        public String member() {
            return member;
        }
    }

    /**
     * A spelling on the command line.
     *
     * @param names all names, separated by {@code ", "}, as {@code -o, --output-dir}
     * @param label the placeholder of the value in the help; empty for flags
     * @param value the value of a flag; empty for other forms
     * @param help the description in the help
     */
    public record Spelling<T>(String names, String label, Optional<T> value, String help) {
        /** The long name, with its hyphens. */
        public String longName() {
            return names.substring(names.lastIndexOf(' ') + 1);
        }
    }

    private final Builder<T> declared;
    private final int index;

    private FetchOption(Builder<T> declared, int index) {
        this.declared = declared;
        this.index = index;
    }

    /** Its position in the table. */
    int index() {
        return index;
    }

    /** The class of values. */
    public Class<T> type() {
        return declared.type;
    }

    public Form form() {
        return declared.form;
    }

    /** The spellings on the command line: one, several for exclusive flags, none for {@link Form#NONE}. */
    public List<Spelling<T>> spellings() {
        return declared.spellings;
    }

    /**
     * Reads the value of a {@link Form#VALUE}.
     *
     * @throws IllegalArgumentException with a message for the user, when the text is not of the type
     */
    public T parse(String text) {
        return declared.parser.apply(List.of(text));
    }

    /**
     * Reads the values of a {@link Form#LIST}.
     *
     * @throws IllegalArgumentException with a message for the user, when one of them is malformed
     */
    public T parse(List<String> texts) {
        return declared.parser.apply(texts);
    }

    /** The value where none is given; empty when that depends on others, or is nothing at all. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(declared.defaultValue);
    }

    /** The default as it is written on the command line. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(declared.defaultText);
    }

    /** The part of a request that has it; empty when no request may. */
    public Optional<Part> part() {
        return Optional.ofNullable(declared.part);
    }

    /** Its name in {@link #part()}; empty when no request may have it. */
    public String member() {
        return declared.member;
    }

    /** Returns the reason why a request may not have it; empty when it may. */
    public Optional<String> refusal() {
        return Optional.ofNullable(declared.refusal);
    }

    /** Rejects a value outside its range; the message names the option as this style does. */
    void check(T value, NameStyle style) {
        declared.check.apply(value).ifPresent(problem -> {
            throw new IllegalArgumentException(style.nameOf(this) + " " + problem);
        });
    }

    /**
     * Returns whether this value needs a folder to save in. In a request every member about files does; on the command
     * line some values have no effect, or come from settings for all runs.
     */
    boolean needsFolder(T value, NameStyle style) {
        boolean member = style == NameStyle.REQUEST && declared.part == Part.SAVING && declared.aboutFiles.isPresent();
        return member || declared.aboutFiles.filter(which -> which.test(value)).isPresent();
    }

    T hide(T value, UnaryOperator<String> hider) {
        return declared.hiding.apply(value, hider);
    }

    T permit(NodePolicy policy, T value) {
        return declared.permission.apply(policy, value);
    }

    void set(FetchSpecBuilder builder, T value) {
        declared.setter.accept(builder, value);
    }

    String longNames() {
        return declared.spellings.stream().map(Spelling::longName).collect(Collectors.joining(" or "));
    }

    /** The name of its first spelling, or of the member. */
    @Override
    public String toString() {
        return declared.spellings.isEmpty()
                ? declared.member
                : declared.spellings.getFirst().longName();
    }

    /** Declares an option. What is not said stays: no range, no default, no part of a request, nothing set. */
    static final class Builder<T> {
        private final Class<T> type;
        private final Form form;
        private final List<Spelling<T>> spellings;
        private final Function<List<String>, T> parser;
        private final List<FetchOption<?>> table;
        private @Nullable T defaultValue;
        private @Nullable String defaultText;
        private @Nullable Part part;
        private String member = "";
        private @Nullable String refusal;
        private Function<T, Optional<String>> check = value -> Optional.empty();
        private Optional<Predicate<T>> aboutFiles = Optional.empty();
        private BiFunction<T, UnaryOperator<String>, T> hiding = (value, hider) -> value;
        private BiFunction<NodePolicy, T, T> permission = (policy, value) -> value;
        private BiConsumer<FetchSpecBuilder, T> setter = (builder, value) -> {};

        Builder(
                Class<T> type,
                Form form,
                List<Spelling<T>> spellings,
                Function<List<String>, T> parser,
                List<FetchOption<?>> table) {
            this.type = type;
            this.form = form;
            this.spellings = spellings;
            this.parser = parser;
            this.table = table;
        }

        /** The value where none is given, and how the command line writes it. */
        Builder<T> byDefault(T value, String text) {
            defaultValue = value;
            defaultText = text;
            return this;
        }

        /** Sets the check of a value: the error as the end of a sentence that begins with the option's name. */
        Builder<T> check(Function<T, Optional<String>> range) {
            check = range;
            return this;
        }

        /** This is about saved files; these of its values need a folder to save in. */
        Builder<T> aboutFiles(Predicate<T> which) {
            aboutFiles = Optional.of(which);
            return this;
        }

        /** Values that may be secret: the hider gives a text that stands for a secret one. */
        Builder<T> hiding(BiFunction<T, UnaryOperator<String>, T> secret) {
            hiding = secret;
            return this;
        }

        /** Sets its place in a request. */
        Builder<T> member(Part where, String name) {
            part = where;
            member = name;
            return this;
        }

        /** Sets its place in a request, and the node's say in it. */
        Builder<T> member(Part where, String name, BiFunction<NodePolicy, T, T> rule) {
            permission = rule;
            return member(where, name);
        }

        /** Sets the reason why no request may have it. */
        Builder<T> notInRequests(String reason) {
            refusal = reason;
            return this;
        }

        /** Sets how its value changes the spec. */
        Builder<T> sets(BiConsumer<FetchSpecBuilder, T> target) {
            setter = target;
            return this;
        }

        /** Puts the option into the table. */
        FetchOption<T> declare() {
            if ((part == null) == (refusal == null)) {
                throw new IllegalStateException(
                        spellings + " needs a member of a request, or a reason for having none");
            }
            FetchOption<T> option = new FetchOption<>(this, table.size());
            table.add(option);
            return option;
        }
    }
}
