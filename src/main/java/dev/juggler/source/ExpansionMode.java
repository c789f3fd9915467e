package dev.juggler.source;

/** What is read into a command-line argument before it becomes inputs. */
public enum ExpansionMode {
    /** {@code A..B} and {@code A..B..STEP} are whole numbers, both ends included; for functions and programs. */
    RANGES,
    /**
     * Braces in a URL are all that they stand for: <code>{1..100}</code>, <code>{01..10}</code>, <code>{1..9..2}</code>
     * , <code>{a..e}</code>, <code>{a,b,c}</code>.
     */
    BRACES,
    /** An argument is one input, exactly as it stands. */
    LITERAL
}
