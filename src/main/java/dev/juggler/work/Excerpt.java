package dev.juggler.work;

/** Shortens and cleans foreign text for a one-line message. */
public final class Excerpt {
    private static final int MAX_LENGTH = 200;

    private Excerpt() {}

    /** Returns the beginning of a text, with every code point that is not {@link #isPlain plain} replaced by U+FFFD. */
    public static String of(String text) {
        String shown = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        StringBuilder out = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
        return out.toString();
    }

    /** Returns whether a code point neither controls a terminal nor reorders or hides the text around it. */
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
