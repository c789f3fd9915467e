package dev.juggler.report;

/** Draws horizontal bars of text, accurate to an eighth of a character. */
final class TextBar {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉";

    private TextBar() {}

    /**
     * Draws a bar for a share of a width; every share above zero is visible.
     *
     * @param share from 0 to 1
     * @param width the length of the bar for a share of 1, in characters
     */
    static String of(double share, int width, boolean unicode) {
        return unicode ? blocks(share, width) : "#".repeat(whole(share, width));
    }

    private static String blocks(double share, int width) {
        int eighths = whole(share, width * 8);
        int rest = eighths % 8;
        return "█".repeat(eighths / 8) + (rest == 0 ? "" : EIGHTHS.substring(rest - 1, rest));
    }

    private static int whole(double share, int width) {
        int length = (int) Math.round(Math.clamp(share, 0, 1) * width);
        return share > 0 ? Math.max(1, length) : length;
    }
}
