package dev.juggler.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Arguments cut at the first {@code --}: what follows is somebody else's command, or nothing.
 *
 * @param own what stands before it
 * @param command what stands behind it; null when there is no {@code --}
 */
@SuppressWarnings("ArrayRecordComponent") // picocli takes an array
public record CommandTail(String[] own, List<String> command) {
    private static final Set<String> TAKE_COMMAND = Set.of("exec", "tune", "compare", "compare-child", "submit");

    /** Cuts the arguments of commands that take another command; those of others stay whole. */
    public static CommandTail split(String[] args) {
        int end = Arrays.asList(args).indexOf("--");
        boolean takesCommand = args.length > 0 && TAKE_COMMAND.contains(args[0]);
        return takesCommand && end >= 0
                ? new CommandTail(Arrays.copyOf(args, end), List.of(Arrays.copyOfRange(args, end + 1, args.length)))
                : new CommandTail(args, null);
    }
}
