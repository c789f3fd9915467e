package dev.juggler.report;

/** Escapes text from servers, files and users for output to a terminal. */
public final class SafeText {
    private SafeText() {}

    /**
     * Replaces control characters, bidirectional marks and lone surrogates by a backslash, {@code u} and their code
     * point in hexadecimal, so that the text can neither move the cursor nor reorder the line.
     */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** The fast path: there is one text for each task, and most are printable ASCII. */
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
