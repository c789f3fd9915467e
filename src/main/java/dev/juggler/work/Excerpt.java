package dev.juggler.work;

/** The beginning of a text from elsewhere, on one line, for a message. */
public final class Excerpt {
    private static final int LIMIT = 200;

    private Excerpt() {}

    public static String of(String text) {
        String shown = text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
        StringBuilder out = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
        return out.toString();
    }

    /** Returns whether a code point neither steers a terminal nor reorders or hides the text around it. */
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
