package dev.juggler.report.page;

import java.util.Locale;

/** Numbers and rectangles as SVG writes them. */
final class Svg {
    private Svg() {}

    /** With as many decimals as one can see. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** A rectangle as a part of a path. */
    static void rectangle(StringBuilder path, double x, double y, double width, double height) {
        path.append('M').append(number(x)).append(' ').append(number(y));
        path.append('h').append(number(width)).append('v').append(number(height));
        path.append('h').append(number(-width)).append('z');
    }
}
