package dev.juggler.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arguments split at the first {@code --}, which separates another command.
 *
 * @param own the arguments before it
 * @param command the words after it; null when there is no {@code --}
 */
@SuppressWarnings("ArrayRecordComponent") // picocli takes an array
public record CommandTail(String[] own, @Nullable List<String> command) {
    private static final Set<String> TAKE_COMMAND = Set.of("exec", "tune", "compare", "submit");

    /** Returns whether a command takes another command after {@code --}. */
    static boolean isTakenBy(String command) {
        return TAKE_COMMAND.contains(command);
    }

    /** Splits the arguments of commands that take another command; those of others stay together. */
    public static CommandTail split(String[] args) {
        int end = Arrays.asList(args).indexOf("--");
        boolean takesCommand = args.length > 0 && TAKE_COMMAND.contains(args[0]);
        return takesCommand && end >= 0
                ? new CommandTail(Arrays.copyOf(args, end), List.of(Arrays.copyOfRange(args, end + 1, args.length)))
                : new CommandTail(args, null);
    }
}
