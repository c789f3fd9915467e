package dev.juggler.report;

/**
 * How a table is to look where it is printed.
 *
 * @param width columns of the terminal or the file, at least {@value #NARROWEST}
 * @param color whether ANSI colours may be used
 * @param unicode whether block characters may be used; without them bars are made of {@code #}
 */
public record TableStyle(int width, boolean color, boolean unicode) {
    private static final int NARROWEST = 40;

    /** A narrower width than {@value #NARROWEST} is taken as that: a table has to be somewhere. */
    public TableStyle {
        width = Math.max(NARROWEST, width);
    }

    /** What suits a file or a pipe: no colours, and bars of block characters. */
    public static TableStyle plain(int width) {
        return new TableStyle(width, false, true);
    }
}
