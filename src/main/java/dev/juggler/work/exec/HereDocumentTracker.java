package dev.juggler.work.exec;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the here-documents of a shell script: the words behind {@code <<} and {@code <<-}, and the documents, which
 * begin with the line after.
 */
final class HereDocumentTracker {
    private static final String BEHIND_WORD = " \t\n;&|<>()";

    /** A document's last line, whether tabs may stand before it, and whether nothing in the document is replaced. */
    private record HereDocument(String end, boolean tabs, boolean literal) {}

    private final Deque<HereDocument> announced = new ArrayDeque<>();
    private final Deque<HereDocument> open = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();

    /** The word that is being read, as it is written; null when none is. */
    private StringBuilder word;

    /** The reader is behind {@code <<}. */
    void announce() {
        word = new StringBuilder();
    }

    /** Reads on outside of documents. */
    void readOutside(char c) {
        if (word == null) {
            return;
        }
        boolean begun = !word.isEmpty() && !word.toString().equals("-");
        if (BEHIND_WORD.indexOf(c) < 0) {
            word.append(c);
        } else if (begun) {
            announced.addLast(named(word.toString()));
            word = null;
        } else if (c == '<') {
            // A third one: a word that is read as stdin, and no document.
            word = null;
        }
    }

    /** A word with any quotes makes the document literal. */
    private static HereDocument named(String word) {
        boolean tabs = word.startsWith("-");
        String written = tabs ? word.substring(1) : word;
        String end = written.replaceAll("[\\\\'\"]", "");
        return new HereDocument(end, tabs, !end.equals(written));
    }

    /** Returns whether a document begins with the next line. */
    boolean isNext() {
        return !announced.isEmpty();
    }

    /** Begins the next document; true when nothing in it is replaced. */
    boolean begin() {
        line.setLength(0);
        open.addLast(announced.removeFirst());
        return open.getLast().literal();
    }

    /** Reads on within a document; true behind its last line. */
    boolean readInside(char c) {
        if (c != '\n') {
            line.append(c);
            return false;
        }
        HereDocument current = open.getLast();
        String text = current.tabs() ? line.toString().replaceFirst("^\t+", "") : line.toString();
        line.setLength(0);
        if (!text.equals(current.end())) {
            return false;
        }
        open.removeLast();
        return true;
    }
}
