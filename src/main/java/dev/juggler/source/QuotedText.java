package dev.juggler.source;

import java.util.stream.Collectors;

/** Quotes foreign text for a message: on one line, of bounded length, without effect on a terminal. */
final class QuotedText {
    private static final int MAX_LENGTH = 200;

    private QuotedText() {}

    /** Returns a text in single quotes. */
    static String text(String text) {
        String head = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        return head.codePoints().mapToObj(QuotedText::visible).collect(Collectors.joining("", "'", "'"));
    }

    private static String visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format("\\u%04x", codePoint);
            default -> Character.toString(codePoint);
        };
    }
}
