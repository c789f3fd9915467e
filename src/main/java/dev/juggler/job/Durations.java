package dev.juggler.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of durations: {@code 500ms}, {@code 2s}, {@code 1.5m}, {@code 2h}, {@code 1d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a message for the user when {@code text} is not a duration, or is zero
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: give a number and a unit, such as 500ms, 2s, 1.5m, 2h or 1d");
        }
        long millisOfUnit = switch (matcher.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
        Duration duration;
        try {
            duration = Duration.ofNanos(product(matcher.group(1), millisOfUnit * 1_000_000L));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is too long: a duration is at most 292 years", e);
        }
        if (duration.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is zero: give a duration above zero");
        }
        return duration;
    }

    /**
     * Multiplies, without {@link BigDecimal} where there is no decimal point: each start reads some durations, and the
     * first use of big decimals, which computes many powers of five, is a tenth of the main thread's work.
     *
     * @throws ArithmeticException when it is too large for a long
     */
    private static long product(String number, long unit) {
        return number.indexOf('.') < 0
                ? Math.multiplyExact(Long.parseLong(number), unit)
                : new BigDecimal(number)
                        .multiply(BigDecimal.valueOf(unit))
                        .toBigInteger()
                        .longValueExact();
    }

    /** The shortest notation of a duration: {@code 500ms}, {@code 1.5s}, {@code 2m}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis >= 60_000 && millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        if (millis >= 1_000) {
            return decimal(millis, 3) + "s";
        }
        return millis > 0 ? millis + "ms" : decimal(duration.toNanos(), 6) + "ms";
    }

    private static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).stripTrailingZeros().toPlainString();
    }
}
