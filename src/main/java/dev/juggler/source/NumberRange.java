package dev.juggler.source;

import dev.juggler.job.Input;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers at equal distances.
 *
 * @param width the minimum number of characters, padded with zeros; 0 for numbers without leading zeros
 */
record NumberRange(long first, long step, long count, int width) implements IndexedInputs {
    private static final Pattern FORM = Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)(?:\\.\\.([+-]?\\d+))?");
    private static final Pattern LEADING_ZERO = Pattern.compile("-?0\\d+");

    /** The meaning of the sign of a step. */
    enum StepSign {
        /** The sign must lead from the first number towards the last. */
        OBEYED,
        /** The sign has no meaning, as in bash: the ends alone determine the direction. */
        IGNORED
    }

    /**
     * Returns the numbers of {@code A..B} or {@code A..B..STEP}, or empty when {@code text} has another form.
     *
     * @throws IllegalArgumentException when it has the form but is not a valid range
     */
    static Optional<NumberRange> parse(String text, StepSign sign) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long first = number(text, form.group(1));
        long last = number(text, form.group(2));
        BigInteger distance = BigInteger.valueOf(last).subtract(BigInteger.valueOf(first));
        BigInteger step = step(text, form.group(3), distance, sign);
        BigInteger count = distance.divide(step).add(BigInteger.ONE);
        if (count.bitLength() > 63) {
            throw new IllegalArgumentException(
                    "the range " + QuotedText.text(text) + " has more numbers than can be counted: give closer ends");
        }
        return Optional.of(
                new NumberRange(first, step.longValue(), count.longValue(), width(form.group(1), form.group(2))));
    }

    private static BigInteger step(String text, @Nullable String written, BigInteger distance, StepSign sign) {
        int direction = distance.signum() < 0 ? -1 : 1;
        BigInteger step = BigInteger.valueOf(written == null ? direction : number(text, written));
        if (step.signum() == 0) {
            throw new IllegalArgumentException(
                    "the range " + QuotedText.text(text) + " never ends: give a step other than 0");
        }
        if (sign == StepSign.IGNORED) {
            return step.abs().multiply(BigInteger.valueOf(direction));
        }
        if (distance.signum() * step.signum() < 0) {
            throw new IllegalArgumentException(
                    "the range " + QuotedText.text(text) + " leads away from its end: give the step " + step.negate());
        }
        return step;
    }

    private static long number(String range, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the range " + QuotedText.text(range) + " has a number that is too large: from " + Long.MIN_VALUE
                            + " to " + Long.MAX_VALUE + " can be counted");
        }
    }

    private static int width(String first, String last) {
        boolean padded = LEADING_ZERO.matcher(first).matches()
                || LEADING_ZERO.matcher(last).matches();
        return padded ? Math.max(first.length(), last.length()) : 0;
    }

    /** Returns a number, or its text when it has leading zeros. */
    @Override
    public Input at(long position) {
        // Overflows only for positions outside the range.
        long value = first + position * step;
        return width == 0 ? new Input.Whole(value) : new Input.Text(padded(value));
    }

    private String padded(long value) {
        String text = Long.toString(value);
        int sign = value < 0 ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(Math.max(0, width - text.length())) + text.substring(sign);
    }
}
