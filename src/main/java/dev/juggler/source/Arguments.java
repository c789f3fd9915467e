package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.regex.Pattern;

/** What one command-line argument stands for. */
final class Arguments {
    private static final Pattern CANONICAL_WHOLE = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private Arguments() {}

    /**
     * The inputs of an argument.
     *
     * @throws IllegalArgumentException when it has the form of a range or of braces and yet is none
     */
    static Items parse(String argument, Expansion expansion) {
        return switch (expansion) {
            case RANGES ->
                Numbers.parse(argument, Numbers.StepSign.OBEYED)
                        .<Items>map(numbers -> numbers)
                        .orElseGet(() -> new Items.One(plain(argument)));
            case BRACES -> Braces.parse(argument);
            case LITERAL -> new Items.One(new Input.Text(argument));
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
