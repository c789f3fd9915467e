package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.regex.Pattern;

/** Expands a command-line argument to its inputs. */
final class ArgumentExpansion {
    private static final Pattern CANONICAL_WHOLE = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private ArgumentExpansion() {}

    /**
     * Returns the inputs of an argument.
     *
     * @throws IllegalArgumentException when it has the form of a range or of braces but is not valid
     */
    static IndexedInputs parse(String argument, ExpansionMode expansion) {
        return switch (expansion) {
            case RANGES ->
                NumberRange.parse(argument, NumberRange.StepSign.OBEYED)
                        .<IndexedInputs>map(numbers -> numbers)
                        .orElseGet(() -> new IndexedInputs.One(plain(argument)));
            case BRACES -> BraceExpansion.parse(argument);
            case LITERAL -> new IndexedInputs.One(new Input.Text(argument));
        };
    }

    /** Returns a number when it is written in its shortest form: {@code 17}, but not {@code 007} or {@code +5}. */
    private static Input plain(String text) {
        if (!CANONICAL_WHOLE.matcher(text).matches()) {
            return new Input.Text(text);
        }
        try {
            return new Input.Whole(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return new Input.Text(text);
        }
    }
}
