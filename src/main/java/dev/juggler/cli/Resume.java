package dev.juggler.cli;

import java.util.ArrayList;
import java.util.List;

/** The command that goes on with a run: its own arguments without what is secret in them, with {@code --resume}. */
record Resume(List<String> arguments, List<String> tail) {

    String command() {
        List<String> words = new ArrayList<>(arguments);
        if (!words.contains("--resume")) {
            words.add("--resume");
        }
        if (tail != null) {
            words.add("--");
            words.addAll(tail);
        }
        return "./run.sh " + quoted(words);
    }

    /** Whether something is left out that the user has to put back. */
    boolean hides() {
        return arguments.stream().anyMatch(word -> word.contains(Secrets.MASK));
    }

    /** Words as a shell takes them back. */
    static String quoted(List<String> words) {
        return String.join(" ", words(words));
    }

    /** Each of them as a shell takes it back. */
    static List<String> words(List<String> words) {
        return words.stream().map(Resume::quoted).toList();
    }

    /** A word as a shell takes it back. */
    private static String quoted(String word) {
        boolean plain = word.matches("[A-Za-z0-9_@%+=:,./-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
