package dev.juggler.report;

/** A horizontal bar of text, exact to an eighth of a character. */
final class TextBar {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉";

    private TextBar() {}

    /**
     * A bar as long as this share of a width; what is above zero always shows.
     *
     * @param share from 0 to 1
     * @param width the length of the bar of 1, in characters
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
