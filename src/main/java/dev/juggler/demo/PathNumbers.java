package dev.juggler.demo;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Parses numbers in paths and query parameters. */
final class PathNumbers {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private PathNumbers() {}

    /** A whole number of at most 18 digits without a sign; empty for any other text. */
    static OptionalLong whole(String text) {
        return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
