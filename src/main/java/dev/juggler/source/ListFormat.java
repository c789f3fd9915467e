package dev.juggler.source;

/** How a list tells one input from the next. */
public enum ListFormat {
    /**
     * One input a line. White space around it is dropped; blank lines, lines whose first character is {@code #}, a
     * carriage return before the line feed and a byte order mark are no input.
     */
    LINES('\n', "line"),
    /** Inputs end with a NUL and are taken as they stand, the empty one too; for names out of {@code find -print0}. */
    NUL('\0', "entry");

    private final char separator;
    private final String unit;

    ListFormat(char separator, String unit) {
        this.separator = separator;
        this.unit = unit;
    }

    byte separator() {
        return (byte) separator;
    }

    /** What one record is called in messages. */
    String unit() {
        return unit;
    }
}
