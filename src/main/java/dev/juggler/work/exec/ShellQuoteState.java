package dev.juggler.work.exec;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the quotes of a shell script as it is read: quotes, backslashes, comments, here-documents, {@code $((…))},
 * and {@code $(…)} inside quotes. It knows nothing of {@code case} patterns. That is enough to choose the form of a
 * reference; nothing about safety hangs on it.
 */
final class ShellQuoteState {
    /** Where the reader is. */
    enum QuoteMode {
        PLAIN,
        SINGLE,
        DOUBLE,
        COMMENT,
        /** Within a here-document, where quotes are text. */
        HERE,
        /** Within a here-document whose end is quoted, where nothing is replaced. */
        HERE_LITERAL,
        /** Within {@code $((…))}. */
        ARITHMETIC
    }

    private static final String BEFORE_COMMENT = " \t\n;&|()";

    /** The quotes and parentheses that are open, the innermost last. */
    private final Deque<QuoteMode> open = new ArrayDeque<>();

    private final HereDocumentTracker documents = new HereDocumentTracker();
    private char previous = '\n';
    private char beforePrevious = '\n';
    private boolean escaped;

    ShellQuoteState() {
        open.addLast(QuoteMode.PLAIN);
    }

    QuoteMode state() {
        return open.getLast();
    }

    /** Reads on over the text, and returns it. */
    String read(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isInDocument()) {
                documents.readOutside(c);
            }
            if (escaped) {
                escaped = false;
            } else {
                step(c);
            }
            beforePrevious = previous;
            previous = c;
        }
        return text;
    }

    /** A placeholder stands here: its line is not the end of a document. */
    void pass() {
        if (isInDocument()) {
            documents.readInside('{');
        }
    }

    private boolean isInDocument() {
        return state() == QuoteMode.HERE || state() == QuoteMode.HERE_LITERAL;
    }

    private void step(char c) {
        switch (state()) {
            case PLAIN -> stepPlain(c);
            case DOUBLE -> stepDouble(c);
            case SINGLE -> closeOn(c == '\'');
            case COMMENT -> stepComment(c);
            case HERE -> stepDocument(c);
            case HERE_LITERAL -> closeDocumentAfter(c);
            case ARITHMETIC -> stepArithmetic(c);
        }
    }

    private void stepPlain(char c) {
        switch (c) {
            case '\\' -> escaped = true;
            case '\'' -> open.addLast(QuoteMode.SINGLE);
            case '"' -> open.addLast(QuoteMode.DOUBLE);
            case '(' -> open.addLast(previous == '(' && beforePrevious == '$' ? QuoteMode.ARITHMETIC : QuoteMode.PLAIN);
            case ')' -> closeOn(open.size() > 1);
            case '#' -> openCommentAfter(previous);
            case '<' -> announceDocument(previous == '<' && beforePrevious != '<');
            case '\n' -> openDocument();
            default -> {}
        }
    }

    private void stepDouble(char c) {
        switch (c) {
            case '\\' -> escaped = true;
            case '"' -> open.removeLast();
            case '(' -> openSubstitutionAfter(previous);
            default -> {}
        }
    }

    private void stepComment(char c) {
        if (c == '\n') {
            open.removeLast();
            openDocument();
        }
    }

    private void announceDocument(boolean second) {
        if (second) {
            documents.announce();
        }
    }

    private void openDocument() {
        if (documents.isNext()) {
            open.addLast(documents.begin() ? QuoteMode.HERE_LITERAL : QuoteMode.HERE);
        }
    }

    private void stepDocument(char c) {
        closeDocumentAfter(c);
        switch (c) {
            case '\\' -> escaped = true;
            case '(' -> openSubstitutionAfter(previous);
            default -> {}
        }
    }

    private void closeDocumentAfter(char c) {
        if (documents.readInside(c)) {
            open.removeLast();
            openDocument();
        }
    }

    private void stepArithmetic(char c) {
        switch (c) {
            case '(' -> open.addLast(previous == '$' ? QuoteMode.PLAIN : QuoteMode.ARITHMETIC);
            case ')' -> open.removeLast();
            default -> {}
        }
    }

    private void openSubstitutionAfter(char before) {
        if (before == '$') {
            open.addLast(QuoteMode.PLAIN);
        }
    }

    private void openCommentAfter(char before) {
        if (BEFORE_COMMENT.indexOf(before) >= 0) {
            open.addLast(QuoteMode.COMMENT);
        }
    }

    private void closeOn(boolean end) {
        if (end) {
            open.removeLast();
        }
    }
}
