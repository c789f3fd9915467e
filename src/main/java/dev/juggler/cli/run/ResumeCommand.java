package dev.juggler.cli.run;

import dev.juggler.cli.command.SecretOptions;
import dev.juggler.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command that goes on with a run: its own arguments without what is secret in them, with {@code --resume}. */
public record ResumeCommand(List<String> arguments, List<String> tail) {

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

    /** Whether something is left out that the user has to put back. */
    boolean hides() {
        return arguments.stream().anyMatch(word -> word.contains(SecretOptions.MASK));
    }

    /** Words as a shell takes them back. */
    public static String quoted(List<String> words) {
        return String.join(" ", words(words));
    }

    /** Each of them as a shell takes it back. */
    public static List<String> words(List<String> words) {
        return words.stream().map(ResumeCommand::quoted).toList();
    }

    /**
     * Words for a terminal that a shell takes back: as {@link #quoted}, but where a word has characters that no terminal
     * should get, as bash and zsh take it.
     */
    static String shown(List<String> words) {
        return words.stream().map(ResumeCommand::shown).collect(Collectors.joining(" "));
    }

    private static String shown(String word) {
        return SafeText.of(word).equals(word)
                ? quoted(word)
                : "$'" + SafeText.of(word.replace("\\", "\\\\").replace("'", "\\'")) + "'";
    }

    /** A word as a shell takes it back. */
    private static String quoted(String word) {
        boolean plain = word.matches("[A-Za-z0-9_@%+=:,./-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
