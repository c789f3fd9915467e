package dev.juggler.work.exec;

/**
 * Follows the quotes of a shell script as it is read. It knows quotes and backslashes but not nesting or comments:
 * enough to choose the form of a reference, and nothing about safety hangs on it.
 */
final class QuoteState {
    /** Where the reader is. */
    enum State {
        PLAIN,
        SINGLE,
        DOUBLE
    }

    private State state = State.PLAIN;

    State state() {
        return state;
    }

    /** Reads on over the text, and returns it. */
    String read(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && state != State.SINGLE) {
                i++;
            } else {
                step(c);
            }
        }
        return text;
    }

    private void step(char c) {
        state = switch (state) {
            case PLAIN -> c == '\'' ? State.SINGLE : c == '"' ? State.DOUBLE : state;
            case SINGLE -> c == '\'' ? State.PLAIN : state;
            case DOUBLE -> c == '"' ? State.PLAIN : state;
        };
    }
}
