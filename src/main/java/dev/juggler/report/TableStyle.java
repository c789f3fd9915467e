package dev.juggler.report;

/**
 * The properties of the place a table is printed to.
 *
 * @param width columns of the terminal or the file; raised to {@value #MIN_WIDTH} if smaller
 * @param color true to use ANSI colours
 * @param unicode true to draw bars with block characters; false for {@code #}
 */
public record TableStyle(int width, boolean color, boolean unicode) {
    private static final int MIN_WIDTH = 40;

    public TableStyle {
        width = Math.max(MIN_WIDTH, width);
    }
    /** The style for a file or a pipe: no colours, bars of block characters. */
    public static TableStyle plain(int width) {
        return new TableStyle(width, false, true);
    }
}
