package dev.juggler.work.exec;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the quotes of a shell script as it is read: quotes, backslashes, comments, {@code $((…))}, and {@code $(…)}
 * inside quotes. It knows nothing of here-documents and {@code case} patterns. That is enough to choose the form of a reference; nothing
 * about safety hangs on it.
 */
final class QuoteState {
    /** Where the reader is. */
    enum State {
        PLAIN,
        SINGLE,
        DOUBLE,
        COMMENT,
        /** Within {@code $((…))}. */
        ARITHMETIC
    }

    private static final String BEFORE_COMMENT = " \t\n;&|()";

    /** The quotes and parentheses that are open, the innermost last. */
    private final Deque<State> open = new ArrayDeque<>();

    private char previous = '\n';
    private char beforePrevious = '\n';
    private boolean escaped;

    QuoteState() {
        open.addLast(State.PLAIN);
    }

    State state() {
        return open.getLast();
    }

    /** Reads on over the text, and returns it. */
    String read(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
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

    private void step(char c) {
        switch (state()) {
            case PLAIN -> stepPlain(c);
            case DOUBLE -> stepDouble(c);
            case SINGLE -> closeOn(c == '\'');
            case COMMENT -> closeOn(c == '\n');
            case ARITHMETIC -> stepArithmetic(c);
        }
    }

    private void stepPlain(char c) {
        switch (c) {
            case '\\' -> escaped = true;
            case '\'' -> open.addLast(State.SINGLE);
            case '"' -> open.addLast(State.DOUBLE);
            case '(' -> open.addLast(previous == '(' && beforePrevious == '$' ? State.ARITHMETIC : State.PLAIN);
            case ')' -> closeOn(open.size() > 1);
            case '#' -> openCommentAfter(previous);
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

    private void stepArithmetic(char c) {
        switch (c) {
            case '(' -> open.addLast(previous == '$' ? State.PLAIN : State.ARITHMETIC);
            case ')' -> open.removeLast();
            default -> {}
        }
    }

    private void openSubstitutionAfter(char before) {
        if (before == '$') {
            open.addLast(State.PLAIN);
        }
    }

    private void openCommentAfter(char before) {
        if (BEFORE_COMMENT.indexOf(before) >= 0) {
            open.addLast(State.COMMENT);
        }
    }

    private void closeOn(boolean end) {
        if (end) {
            open.removeLast();
        }
    }
}
