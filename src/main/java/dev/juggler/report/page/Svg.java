package dev.juggler.report.page;

import java.util.Locale;

/** Formats numbers and rectangles for SVG. */
final class Svg {
    private Svg() {}

    /** Formats a number with at most two decimals, the resolution of the drawings. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** Appends a rectangle to a path. */
    static void rectangle(StringBuilder path, double x, double y, double width, double height) {
        path.append('M').append(number(x)).append(' ').append(number(y));
        path.append('h').append(number(width)).append('v').append(number(height));
        path.append('h').append(number(-width)).append('z');
    }
}
