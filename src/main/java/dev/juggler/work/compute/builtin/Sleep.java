package dev.juggler.work.compute.builtin;

import dev.juggler.job.Durations;
import dev.juggler.job.Input;
import dev.juggler.work.compute.function.InputConversion;
import dev.juggler.work.compute.function.TaskFailureException;
import dev.juggler.work.compute.function.TaskFunction;
import java.time.Duration;
import java.util.regex.Pattern;

/** {@code sleep}: waits for a duration or a number of seconds, and returns {@code "slept 1s"}. */
final class Sleep {
    private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern ZERO = Pattern.compile("0+(\\.0+)?");

    private Sleep() {}

    static Object call(Input input) throws TaskFailureException {
        if (input instanceof Input.FileChunk) {
            throw TaskFailureException.badInput(
                    InputConversion.quoted(input) + " is a part of a file, but sleep takes a duration");
        }
        String text = input.key().strip();
        if (ZERO.matcher(text).matches()) {
            return "slept 0s";
        }
        try {
            Duration duration = Durations.parse(SECONDS.matcher(text).matches() ? text + "s" : text);
            return new TaskFunction.DelayedResult(duration, "slept " + Durations.text(duration));
        } catch (IllegalArgumentException e) {
            throw TaskFailureException.badInput(String.valueOf(e.getMessage()));
        }
    }
}
