package dev.juggler.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit on how many tasks start per second.
 *
 * @param perSecond the number of tasks, above zero
 */
public record Rate(double perSecond) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?:/(s|m|h))?");

    public Rate {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is above zero, not " + perSecond);
        }
    }

    /**
     * Reads {@code 10/s}, {@code 600/m}, {@code 100/h}, or a plain number of tasks per second.
     *
     * @throws IllegalArgumentException with a message for the user, when it is none of these
     */
    public static Rate parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a rate: give a number above zero, such as 10/s, 600/m or 100/h");
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double seconds = unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3600;
        return new Rate(Double.parseDouble(matcher.group(1)) / seconds);
    }
}
