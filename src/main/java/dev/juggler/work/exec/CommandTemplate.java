package dev.juggler.work.exec;

import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked command that makes the argument list of any task, without running anything. Immutable.
 *
 * <p>An input that begins with a dash is not changed, as with GNU parallel: write {@code ./{}} or {@code -- {}} when
 * the program would take it for an option.
 */
public final class CommandTemplate {
    /** The encoding that the JDK uses for arguments. A character outside it would silently become a question mark. */
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final List<CommandWord> words;
    /** The script of a shell command; null for a command that runs without a shell. */
    private final @Nullable ShellScript script;

    private CommandTemplate(List<CommandWord> words, @Nullable ShellScript script) {
        this.words = words;
        this.script = script;
    }

    /**
     * Checks the command and splits it at its placeholders. Does not look up a program whose name has a placeholder, or
     * the programs of a shell script.
     *
     * @throws InvalidWorkException when the command is empty or contains a NUL, when its program does not exist, or
     *     when a placeholder is in single quotes
     */
    public static CommandTemplate of(ExecSpec spec) {
        checkWords(spec.command());
        if (spec.shell()) {
            return new CommandTemplate(List.of(), ShellScript.parse(spec));
        }
        List<CommandWord> words =
                new ArrayList<>(spec.command().stream().map(CommandWord::parse).toList());
        if (!words.getFirst().hasPlaceholder()) {
            ExecutableLookup.require(spec.command().getFirst());
        }
        if (words.stream().noneMatch(CommandWord::hasPlaceholder)) {
            words.add(CommandWord.INPUT);
        }
        return new CommandTemplate(List.copyOf(words), null);
    }

    private static void checkWords(List<String> command) {
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw InvalidWorkException.usage(
                    "exec: there is no command: give one after --, as in: exec a.txt b.txt -- gzip -k {}");
        }
        for (int i = 0; i < command.size(); i++) {
            if (command.get(i).indexOf('\0') >= 0) {
                throw InvalidWorkException.usage(
                        "exec: word " + (i + 1) + " of the command contains a NUL character: remove it");
            }
        }
    }

    /**
     * Returns the program and its arguments for a task, as they are passed to the system.
     *
     * @throws IllegalArgumentException when the input cannot be an argument, because it contains a NUL or a character
     *     that the locale cannot encode; the message is one line for the user
     */
    public List<String> argv(Task task) {
        String input = task.key();
        checkInput(input);
        long number = task.index() + 1;
        if (script != null) {
            return script.argv(input, number);
        }
        return words.stream().map(word -> word.fill(input, number)).toList();
    }

    private static void checkInput(String input) {
        if (input.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the input contains a NUL character, which no argument can");
        }
        if (!NATIVE.newEncoder().canEncode(input)) {
            throw new IllegalArgumentException("the input has characters that this locale (" + NATIVE
                    + ") cannot pass to a program: set LC_ALL=C.UTF-8");
        }
    }
}
