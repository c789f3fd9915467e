package dev.juggler.job;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, written with the units of the GNU tools: {@code 500}, {@code 64k}, {@code 10M}, {@code 1.5G} and
 * {@code 2T} in steps of 1024, {@code KiB} likewise; {@code kB} and {@code MB} in steps of 1000.
 *
 * @param bytes at least 1
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)(?:([kmgt])(b|ib)?|b)?");
    private static final String UNITS = "kmgt";
    private static final int STEP = 1_024;

    public ByteSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("a size is at least 1 byte, not " + bytes);
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException with a message for the user when {@code text} is not a size, or is less than one
     *     byte
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: give a number of bytes, such as 500, 64k, 10M or 1.5G");
        }
        int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        BigDecimal unit =
                BigDecimal.valueOf("b".equals(matcher.group(3)) ? 1_000 : STEP).pow(power);
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: give at least 1 byte, and less than 8 EiB");
        }
        return new ByteSize(bytes.longValue());
    }

    /** The shortest exact form that {@link #parse} reads back: {@code 500}, {@code 64k}, {@code 10M}. */
    @Override
    public String toString() {
        long number = bytes;
        int power = 0;
        while (power < UNITS.length() && number % STEP == 0) {
            number /= STEP;
            power++;
        }
        return power == 0 ? Long.toString(number) : number + "" + "kMGT".charAt(power - 1);
    }

    /** A size for people, rounded: {@code 500 bytes}, {@code 1.5 MiB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + " bytes";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        String unit = "KMGTPE".charAt(power - 1) + "iB";
        return String.format(Locale.ROOT, "%.1f %s", bytes / Math.pow(STEP, power), unit);
    }
}
