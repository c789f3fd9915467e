package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.regex.Pattern;

/** What one command-line argument stands for. */
final class ArgumentExpansion {
    private static final Pattern CANONICAL_WHOLE = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private ArgumentExpansion() {}

    /**
     * The inputs of an argument.
     *
     * @throws IllegalArgumentException when it has the form of a range or of braces and yet is none
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

    /** A number where that keeps every character of the text: {@code 17}, but not {@code 007} or {@code +5}. */
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
