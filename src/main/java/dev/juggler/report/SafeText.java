package dev.juggler.report;

/** Text from servers, files and users, made harmless for a terminal. */
public final class SafeText {
    private SafeText() {}

    /**
     * The text with control characters, bidirectional marks and lone surrogates written as a backslash, {@code u} and
     * their number in hexadecimal, so that it can neither move the cursor nor reorder the line.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(SafeText::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isUnsafe(point)) {
                safe.append(String.format("\\u%04x", point));
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
