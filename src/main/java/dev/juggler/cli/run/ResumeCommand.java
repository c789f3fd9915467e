package dev.juggler.cli.run;

import dev.juggler.cli.command.SecretOptions;
import dev.juggler.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command that resumes a run: its own arguments, without secrets, and {@code --resume}.
 *
 * @param arguments the arguments before {@code --}, without secrets
 * @param tail the words after it; null when there is no {@code --}
 */
public record ResumeCommand(
        List<String> arguments, @Nullable List<String> tail) {

    /** Returns the command, quoted for a shell. */
    String command() {
        List<String> words = new ArrayList<>(arguments);
        if (!words.contains("--resume")) {
            words.add("--resume");
        }
        if (tail != null) {
            words.add("--");
            words.addAll(tail);
        }
        words.addFirst(System.getProperty("juggler.command", "./run.sh"));
        return shown(words);
    }

    /** Returns whether secrets are omitted, which the user has to restore. */
    boolean hides() {
        return arguments.stream().anyMatch(word -> word.contains(SecretOptions.MASK));
    }

    /** Quotes words for a shell and joins them. */
    public static String quoted(List<String> words) {
        return String.join(" ", words(words));
    }

    /** Quotes each word for a shell. */
    public static List<String> words(List<String> words) {
        return words.stream().map(ResumeCommand::quoted).toList();
    }

    /**
     * Quotes words for a shell and a terminal: a word with control characters is quoted in the syntax of bash and zsh.
     */
    static String shown(List<String> words) {
        return words.stream().map(ResumeCommand::shown).collect(Collectors.joining(" "));
    }

    private static String shown(String word) {
        return SafeText.of(word).equals(word)
                ? quoted(word)
                : "$'" + SafeText.of(word.replace("\\", "\\\\").replace("'", "\\'")) + "'";
    }

    /** Quotes a word for a shell. */
    private static String quoted(String word) {
        boolean plain = word.matches("[A-Za-z0-9_@%+=:,./-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
