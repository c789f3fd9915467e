package dev.juggler.demo;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers in addresses. */
final class PathNumbers {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private PathNumbers() {}

    /** The whole number from 0, or empty when the text is none. */
    static OptionalLong whole(String text) {
        return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
