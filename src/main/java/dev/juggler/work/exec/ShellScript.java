package dev.juggler.work.exec;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that goes through {@code /bin/sh -c}.
 *
 * <p>An input is never pasted into the script's own text. The script begins with assignments, {@code j_input='the
 * input'; }, whose place nothing in the user's script can change, and each placeholder becomes a reference to that
 * variable: {@code "$j_input"}. However the script quotes or nests, no shell reads an input as code, unless the script
 * itself evaluates it ({@code eval}). Pasting quoted text would not give that: the script {@code echo '{}'} undoes the
 * quotes.
 *
 * <p>Arithmetic, {@code $((…))}, is such an evaluation: bash runs the command in {@code a[$(command)]}. So only a whole
 * number may stand there; it is in parentheses, which keep {@code 5-{}} from becoming {@code 5--3}.
 */
final class ShellScript {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?[0-9]+");

    private final String script;
    private final Set<Placeholder> used;
    private final Set<Placeholder> numbers;

    private ShellScript(String script, Set<Placeholder> used, Set<Placeholder> numbers) {
        this.script = script;
        this.used = used;
        this.numbers = numbers;
    }

    /**
     * Joins the words by spaces; adds the input at the end when no placeholder is among them.
     *
     * @throws InvalidWorkException when a placeholder stands inside single quotes, or in a here-document whose end is
     *     quoted, where a reference would stay text
     */
    static ShellScript parse(ExecSpec spec) {
        String text = String.join(" ", spec.command());
        CommandWord word = CommandWord.parse(Placeholder.ANY.matcher(text).find() ? text : text + " {}");
        Set<Placeholder> used = EnumSet.noneOf(Placeholder.class);
        Set<Placeholder> numbers = EnumSet.noneOf(Placeholder.class);
        StringBuilder script = new StringBuilder();
        ShellQuoteState quotes = new ShellQuoteState();
        for (CommandWord.WordPart part : word.parts()) {
            switch (part) {
                case CommandWord.LiteralPart literal -> script.append(quotes.read(literal.text()));
                case CommandWord.PlaceholderPart(Placeholder placeholder) -> {
                    used.add(placeholder);
                    if (quotes.state() == ShellQuoteState.QuoteMode.ARITHMETIC) {
                        numbers.add(placeholder);
                    }
                    script.append(reference(placeholder, quotes));
                    quotes.pass();
                }
            }
        }
        return new ShellScript(guardDash(script.toString()), used, numbers);
    }

    private static String reference(Placeholder placeholder, ShellQuoteState quotes) {
        return switch (quotes.state()) {
            case PLAIN, COMMENT -> "\"$" + placeholder.variable() + "\"";
            case DOUBLE, HERE -> "${" + placeholder.variable() + "}";
            case ARITHMETIC -> "(${" + placeholder.variable() + "})";
            case HERE_LITERAL ->
                throw InvalidWorkException.usage("exec: " + placeholder.token()
                        + " stands in a here-document whose end is quoted, where a shell replaces nothing: take the"
                        + " quotes of its end away");
            case SINGLE ->
                throw InvalidWorkException.usage("exec: " + placeholder.token()
                        + " stands inside single quotes in the shell command: take them away, inputs are"
                        + " quoted already");
        };
    }

    /** Keeps {@code sh -c} from taking a script that begins with a sign for an option. */
    private static String guardDash(String script) {
        return script.startsWith("-") || script.startsWith("+") ? " " + script : script;
    }

    /**
     * The argument list for the task of this number, counted from 1.
     *
     * @throws IllegalArgumentException when arithmetic is to be done with what is no whole number
     */
    List<String> argv(String input, long number) {
        StringBuilder text = new StringBuilder();
        for (Placeholder placeholder : used) {
            String value = placeholder.of(input, number);
            if (numbers.contains(placeholder) && !WHOLE_NUMBER.matcher(value).matches()) {
                throw new IllegalArgumentException(placeholder.token()
                        + " stands in shell arithmetic, $((...)), but is no whole number for this input");
            }
            text.append(placeholder.variable()).append('=').append(quote(value)).append("; ");
        }
        return List.of("/bin/sh", "-c", text.append(script).toString());
    }

    /** The text as one word of POSIX sh: in single quotes, where only the single quote itself is special. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
