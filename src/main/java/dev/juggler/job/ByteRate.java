package dev.juggler.job;

/**
 * A number of bytes per second, written as a {@link ByteSize} with or without {@code /s}: {@code 10k}, {@code 2M/s}.
 *
 * @param perSecond the bytes of one second
 */
public record ByteRate(ByteSize perSecond) {
    private static final String UNIT = "/s";

    /**
     * Reads a rate.
     *
     * @throws IllegalArgumentException with a message for the user when {@code text} is not a rate
     */
    public static ByteRate parse(String text) {
        return new ByteRate(
                ByteSize.parse(text.endsWith(UNIT) ? text.substring(0, text.length() - UNIT.length()) : text));
    }

    /** The bytes of one second, at least 1. */
    public long bytes() {
        return perSecond.bytes();
    }

    /** The shortest exact form that {@link #parse} reads back, without {@code /s}. */
    @Override
    public String toString() {
        return perSecond.toString();
    }
}
