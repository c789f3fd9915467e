package dev.juggler.work.exec;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that is run with {@code /bin/sh -c}.
 *
 * <p>Inputs are never pasted into the user's script. The script begins with assignments, {@code j_input='the input'; },
 * which nothing in the user's script can affect, and each placeholder becomes a reference to such a variable:
 * {@code "$j_input"}. However the script quotes or nests, no shell interprets an input as code, unless the script
 * itself evaluates it ({@code eval}). Pasting quoted text would not be safe: the script {@code echo '{}'} cancels the
 * quotes.
 *
 * <p>Arithmetic, {@code $((…))}, is such an evaluation: bash runs the command in {@code a[$(command)]}. Therefore only
 * a whole number is accepted there. It is put in parentheses, so that {@code 5-{}} does not become {@code 5--3}.
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
     * Joins the words with spaces, and appends the input when they contain no placeholder.
     *
     * @throws InvalidWorkException when a placeholder is in single quotes, or in a here-document with a quoted
     *     delimiter, where a variable reference would remain text
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
                    quotes.readPlaceholder();
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
                        + " is in a here-document with a quoted delimiter, where a shell expands nothing: remove"
                        + " the quotes of the delimiter");
            case SINGLE ->
                throw InvalidWorkException.usage("exec: " + placeholder.token()
                        + " is in single quotes in the shell command: remove the quotes, because inputs are"
                        + " already quoted");
        };
    }

    /** Prevents {@code sh -c} from taking a script that begins with a sign as an option. */
    private static String guardDash(String script) {
        return script.startsWith("-") || script.startsWith("+") ? " " + script : script;
    }

    /**
     * Returns the argument list for the task with this number, counted from 1.
     *
     * @throws IllegalArgumentException when arithmetic uses an input that is not a whole number
     */
    List<String> argv(String input, long number) {
        StringBuilder text = new StringBuilder();
        for (Placeholder placeholder : used) {
            String value = placeholder.of(input, number);
            if (numbers.contains(placeholder) && !WHOLE_NUMBER.matcher(value).matches()) {
                throw new IllegalArgumentException(placeholder.token()
                        + " is in shell arithmetic, $((...)), but is not a whole number for this input");
            }
            text.append(placeholder.variable()).append('=').append(quote(value)).append("; ");
        }
        return List.of("/bin/sh", "-c", text.append(script).toString());
    }

    /** Returns a text as one word of POSIX sh: in single quotes, where only the single quote itself is special. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
