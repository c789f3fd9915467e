package dev.juggler.option;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpecBuilder;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.option.FetchOption.Part;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Options of fetch with their values; immutable. */
public final class FetchOptionValues {
    /** No option given. */
    public static final FetchOptionValues NONE =
            new FetchOptionValues(new TreeMap<>((one, other) -> Integer.compare(one.index(), other.index())));

    /** Values in the order of the table; never changed. */
    private final SortedMap<FetchOption<?>, Object> values;

    private FetchOptionValues(SortedMap<FetchOption<?>, Object> values) {
        this.values = values;
    }

    /** Returns these values with one set, replacing an earlier one. {@link #check} checks its range. */
    public <T> FetchOptionValues with(FetchOption<T> option, T value) {
        SortedMap<FetchOption<?>, Object> more = new TreeMap<>(values);
        more.put(option, Objects.requireNonNull(value));
        return new FetchOptionValues(more);
    }

    /** Merges these values with others, which take precedence. */
    public FetchOptionValues and(FetchOptionValues others) {
        SortedMap<FetchOption<?>, Object> more = new TreeMap<>(values);
        more.putAll(others.values);
        return new FetchOptionValues(more);
    }

    /** Returns the options with a value, in the order of the table. */
    public List<FetchOption<?>> options() {
        return List.copyOf(values.keySet());
    }

    public boolean has(FetchOption<?> option) {
        return values.containsKey(option);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns the value of an option; empty without one. */
    public <T> Optional<T> find(FetchOption<T> option) {
        return Optional.ofNullable(values.get(option)).map(option.type()::cast);
    }

    /**
     * Returns the value of an option, or else its default.
     *
     * @throws NoSuchElementException when there is neither
     */
    public <T> T get(FetchOption<T> option) {
        return find(option)
                .or(option::defaultValue)
                .orElseThrow(() -> new NoSuchElementException(option + " is not given and has no default"));
    }

    /** Returns whether this flag is present and true. */
    public boolean isSet(FetchOption<Boolean> flag) {
        return find(flag).orElse(false);
    }

    /**
     * Rejects values outside their range, and contradictory ones.
     *
     * @param style the style of option names in the message
     * @throws IllegalArgumentException with one line for the user
     */
    public void check(NameStyle style) {
        checkRanges(style);
        options().forEach(option -> checkFolder(option, style));
        if (find(FetchOptions.EXISTING).isPresent() && isSet(FetchOptions.SERVER_NAMES)) {
            throw conflict(
                    style,
                    FetchOptions.SERVER_NAMES,
                    FetchOptions.EXISTING,
                    "the server's name for a file is only known once its body arrives");
        }
        if (!find(FetchOptions.COOKIES).orElse(true) && has(FetchOptions.COOKIE_JAR)) {
            throw conflict(style, FetchOptions.COOKIES, FetchOptions.COOKIE_JAR, "choose one");
        }
        for (FetchOption<Boolean> risk : List.of(FetchOptions.INSECURE, FetchOptions.ALLOW_DOWNGRADE)) {
            if (has(FetchOptions.CREDENTIALS) && isSet(risk)) {
                throw conflict(style, risk, FetchOptions.CREDENTIALS, "others could read the credentials");
            }
        }
        checkApi(style);
    }

    private void checkApi(NameStyle style) {
        String url = style.nameOf(FetchOptions.FROM);
        for (FetchOption<?> pointer : List.of(FetchOptions.SELECT, FetchOptions.NEXT)) {
            if (has(pointer) && !has(FetchOptions.FROM)) {
                throw new IllegalArgumentException(
                        style.nameOf(pointer) + " needs " + url + ", the address of the API");
            }
        }
        if (has(FetchOptions.FROM) && !has(FetchOptions.SELECT)) {
            throw new IllegalArgumentException(
                    url + " needs " + style.nameOf(FetchOptions.SELECT) + ", the JSON Pointer to the links");
        }
    }

    private static IllegalArgumentException conflict(
            NameStyle style, FetchOption<?> one, FetchOption<?> other, String reason) {
        return new IllegalArgumentException(
                style.nameOf(one) + " cannot be combined with " + style.nameOf(other) + ": " + reason);
    }

    /**
     * Rejects values outside their range, independently of each other.
     *
     * @param style the style of option names in the message
     * @throws IllegalArgumentException with one line for the user
     */
    public void checkRanges(NameStyle style) {
        options().forEach(option -> checkRange(option, style));
    }

    private <T> void checkRange(FetchOption<T> option, NameStyle style) {
        option.check(get(option), style);
    }

    private <T> void checkFolder(FetchOption<T> option, NameStyle style) {
        if (option.needsFolder(get(option), style) && !has(FetchOptions.OUTPUT_DIR)) {
            throw new IllegalArgumentException(style.nameOf(option) + " applies to saved files: name a folder with "
                    + style.nameOf(FetchOptions.OUTPUT_DIR));
        }
    }

    /** Returns these values with secrets hidden: {@code hider} gives the replacement of a secret text. */
    public FetchOptionValues hide(UnaryOperator<String> hider) {
        return map(new Change() {
            @Override
            public <T> T apply(FetchOption<T> option, T value) {
                return option.hide(value, hider);
            }
        });
    }

    /** Returns these values as a node permits them; passes on the exceptions of its policy. */
    public FetchOptionValues permitted(NodePolicy policy) {
        return map(new Change() {
            @Override
            public <T> T apply(FetchOption<T> option, T value) {
                return option.permit(policy, value);
            }
        });
    }

    /** Returns the values of these parts of a request. */
    public FetchOptionValues of(List<Part> parts) {
        SortedMap<FetchOption<?>, Object> some = new TreeMap<>(values);
        some.keySet().removeIf(option -> option.part().filter(parts::contains).isEmpty());
        return new FetchOptionValues(some);
    }

    /** A change of values. */
    private interface Change {
        <T> T apply(FetchOption<T> option, T value);
    }

    private FetchOptionValues map(Change change) {
        FetchOptionValues changed = this;
        for (FetchOption<?> option : options()) {
            changed = changed.changed(option, change);
        }
        return changed;
    }

    private <T> FetchOptionValues changed(FetchOption<T> option, Change change) {
        return with(option, change.apply(option, get(option)));
    }

    /** Sets the present values in a builder, and returns it; others stay unchanged there. */
    public FetchSpecBuilder applyTo(FetchSpecBuilder builder) {
        options().forEach(option -> set(option, builder));
        return builder;
    }

    private <T> void set(FetchOption<T> option, FetchSpecBuilder builder) {
        option.set(builder, get(option));
    }

    /** Returns the limits of one origin. */
    public PerGroup perOrigin() {
        return new PerGroup(find(FetchOptions.PER_HOST), find(FetchOptions.PER_HOST_RATE), get(FetchOptions.MAX_PAUSE));
    }

    /** Returns whether files from before the run must be found, whose names must then be known in advance. */
    public boolean looksForFiles() {
        return find(FetchOptions.EXISTING).orElse(ExistingFilePolicy.FETCH) != ExistingFilePolicy.FETCH;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FetchOptionValues those && values.equals(those.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the names of the options with a value; values may be secret. */
    @Override
    public String toString() {
        return options().toString();
    }
}
