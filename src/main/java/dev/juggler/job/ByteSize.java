package dev.juggler.job;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes in bytes as people write them, with the units of GNU's tools: {@code 500}, {@code 64k}, {@code 10M},
 * {@code 1.5G}, {@code 2T} in steps of 1024, as {@code KiB} too; {@code kB} and {@code MB} in steps of 1000.
 */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)(?:([kmgt])(b|ib)?|b)?");
    private static final String UNITS = "kmgt";

    private ByteSize() {}

    /**
     * Reads a size, as a number of bytes.
     *
     * @throws IllegalArgumentException with a message for a person when {@code text} is not one, or is below a byte
     */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: give a number of bytes, such as 500, 64k, 10M or 1.5G");
        }
        int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        BigDecimal unit =
                BigDecimal.valueOf("b".equals(matcher.group(3)) ? 1_000 : 1_024).pow(power);
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: give at least a byte, and less than 8 EiB");
        }
        return bytes.longValue();
    }

    /** A size for a person: {@code 500 bytes}, {@code 1.5 MiB}. */
    public static String text(long bytes) {
        if (bytes < 1_024) {
            return bytes + " bytes";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        String unit = "KMGTPE".charAt(power - 1) + "iB";
        return String.format(Locale.ROOT, "%.1f %s", bytes / Math.pow(1_024, power), unit);
    }
}
