package dev.juggler.work.exec;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tracks the quoting of a shell script while it is read: quotes, backslashes, comments, here-documents, {@code $((…))},
 * and {@code $(…)} inside quotes, but not {@code case} patterns. This suffices to choose the form of a variable
 * reference; safety does not depend on it.
 */
final class ShellQuoteState {
    /** The context of the current position. */
    enum QuoteMode {
        PLAIN,
        SINGLE,
        DOUBLE,
        COMMENT,
        /** In a here-document, where quotes are text. */
        HERE,
        /** In a here-document with a quoted delimiter, where the shell expands nothing. */
        HERE_LITERAL,
        /** In {@code $((…))}. */
        ARITHMETIC
    }

    private static final String BEFORE_COMMENT = " \t\n;&|()";

    /** The open quotes and parentheses, the innermost last. */
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

    /** Reads the next text of the script, and returns it. */
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

    /** Reads a placeholder, whose line cannot be the delimiter of a document. */
    void readPlaceholder() {
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
