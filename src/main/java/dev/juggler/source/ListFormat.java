package dev.juggler.source;

/** The separation of inputs in a list. */
public enum ListFormat {
    /**
     * One input per line, without surrounding white space. Blank lines, lines whose first character is {@code #}, a
     * carriage return before the line feed and a byte order mark are ignored.
     */
    LINES('\n', "line"),
    /** Inputs end with NUL and are not changed; they may be empty. For names from {@code find -print0}. */
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

    /** Returns the name of a record in messages. */
    String unit() {
        return unit;
    }
}
