package dev.juggler.report;

/** Text from servers, files and users, made harmless for a terminal. */
public final class SafeText {
    private SafeText() {}

    /**
     * The text with control characters, bidirectional marks and lone surrogates written as a backslash, {@code u} and
     * their number in hexadecimal, so that it can neither move the cursor nor reorder the line.
     */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** Most texts are, and there is one for each task. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
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
