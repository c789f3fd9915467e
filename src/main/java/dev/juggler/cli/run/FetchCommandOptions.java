package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.Converters;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.option.FetchOption;
import dev.juggler.option.FetchOption.Spelling;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Declares the options of the fetch table on the command line. */
final class FetchCommandOptions {
    /**
     * The values by spelling: a value, all values of a list, or whether a flag is on. By identity: the hash code of a
     * record generates classes that the AOT cache does not hold.
     */
    private final IdentityHashMap<Spelling<?>, Object> given = new IdentityHashMap<>();

    void declare(OptionSyntax syntax) {
        for (FetchOption<?> option : FetchOptions.all()) {
            for (Spelling<?> spelling : option.spellings()) {
                OptionSpec.Builder spec = builder(option, spelling);
                option.defaultText().ifPresent(spec::defaultValue);
                syntax.add(spec);
            }
        }
    }

    private OptionSpec.Builder builder(FetchOption<?> option, Spelling<?> spelling) {
        String names = spelling.names();
        return switch (option.form()) {
            case FLAG, NONE ->
                OptionSyntax.option(names, boolean.class, on -> given.put(spelling, on), spelling.help());
            case NEGATABLE ->
                OptionSyntax.option(names, Boolean.class, on -> given.put(spelling, on), spelling.help())
                        .negatable(true);
            case LIST ->
                OptionSyntax.options(names, String.class, all -> given.put(spelling, all), spelling.help())
                        .paramLabel(spelling.label());
            case VALUE ->
                OptionSyntax.option(names, option.type(), value -> given.put(spelling, value), spelling.help())
                        .converters(Converters.of(option::parse))
                        .paramLabel(spelling.label());
        };
    }

    /**
     * Returns the values of the command line, of variables and of settings.
     *
     * @throws CommandFailure when a list is malformed, or flags contradict each other
     */
    FetchOptionValues values() {
        return values(spelling -> true);
    }

    /** Returns the values of these spellings. */
    FetchOptionValues values(Predicate<Spelling<?>> which) {
        FetchOptionValues values = FetchOptionValues.NONE;
        for (FetchOption<?> option : FetchOptions.all()) {
            values = add(option, which, values);
        }
        return values;
    }

    private <T> FetchOptionValues add(FetchOption<T> option, Predicate<Spelling<?>> which, FetchOptionValues values) {
        List<Spelling<T>> used = new ArrayList<>(1);
        for (Spelling<T> spelling : option.spellings()) {
            if (isOn(option, spelling) && which.test(spelling)) {
                used.add(spelling);
            }
        }
        if (used.size() > 1) {
            throw CommandFailure.usage(
                    used.stream().map(Spelling::longName).collect(Collectors.joining(" and ")) + " exclude each other");
        }
        return used.isEmpty() ? values : values.with(option, value(option, used.getFirst()));
    }

    private boolean isOn(FetchOption<?> option, Spelling<?> spelling) {
        Object value = given.get(spelling);
        return option.form() == FetchOption.Form.FLAG ? Boolean.TRUE.equals(value) : value != null;
    }

    private <T> T value(FetchOption<T> option, Spelling<T> spelling) {
        return switch (option.form()) {
            case FLAG, NONE -> spelling.value().orElseThrow();
            case LIST -> parsed(option);
            case VALUE, NEGATABLE ->
                option.type().cast(Objects.requireNonNull(given.get(spelling), "the option is not set"));
        };
    }

    /** Returns the values of a list as they were written. */
    List<String> texts(FetchOption<?> list) {
        return given.get(list.spellings().getFirst()) instanceof List<?> all
                ? all.stream().map(String.class::cast).toList()
                : List.of();
    }

    private <T> T parsed(FetchOption<T> list) {
        try {
            return list.parse(texts(list));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }
}
