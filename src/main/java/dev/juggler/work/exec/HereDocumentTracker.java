package dev.juggler.work.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the here-documents of a shell script: the delimiters after {@code <<} and {@code <<-}, and the documents,
 * which begin on the next line.
 */
final class HereDocumentTracker {
    private static final String WORD_ENDS = " \t\n;&|<>()";

    /**
     * A here-document.
     *
     * @param delimiter its last line
     * @param tabs whether tabs may precede the delimiter
     * @param literal whether the shell expands nothing in it
     */
    private record HereDocument(String delimiter, boolean tabs, boolean literal) {}

    private final Deque<HereDocument> announced = new ArrayDeque<>();
    private final Deque<HereDocument> open = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();

    /** The delimiter that is being read, with its quotes; null outside of one. */
    private @Nullable StringBuilder word;

    /** Starts to read a delimiter, after {@code <<}. */
    void announce() {
        word = new StringBuilder();
    }

    /** Reads a character outside of documents. */
    void readOutside(char c) {
        StringBuilder current = word;
        if (current == null) {
            return;
        }
        boolean begun = !current.isEmpty() && !current.toString().equals("-");
        if (WORD_ENDS.indexOf(c) < 0) {
            current.append(c);
        } else if (begun) {
            announced.addLast(announced(current.toString()));
            word = null;
        } else if (c == '<') {
            // A third '<' begins a here-string, not a document.
            word = null;
        }
    }

    /** Returns the document that a delimiter announces. Any quotes in the delimiter make the document literal. */
    private static HereDocument announced(String word) {
        boolean tabs = word.startsWith("-");
        String written = tabs ? word.substring(1) : word;
        String delimiter = written.replaceAll("[\\\\'\"]", "");
        return new HereDocument(delimiter, tabs, !delimiter.equals(written));
    }

    /** Returns whether a document begins on the next line. */
    boolean isNext() {
        return !announced.isEmpty();
    }

    /** Begins the next document. Returns true when the shell expands nothing in it. */
    boolean begin() {
        line.setLength(0);
        open.addLast(announced.removeFirst());
        return open.getLast().literal();
    }

    /** Reads a character of a document. Returns true after its last line. */
    boolean readInside(char c) {
        if (c != '\n') {
            line.append(c);
            return false;
        }
        HereDocument current = open.getLast();
        String text = current.tabs() ? line.toString().replaceFirst("^\t+", "") : line.toString();
        line.setLength(0);
        if (!text.equals(current.delimiter())) {
            return false;
        }
        open.removeLast();
        return true;
    }
}
