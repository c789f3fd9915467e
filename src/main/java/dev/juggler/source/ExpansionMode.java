package dev.juggler.source;

/** The expansion of command-line arguments to inputs. */
public enum ExpansionMode {
    /** {@code A..B} and {@code A..B..STEP} expand to whole numbers, including both ends; for functions and programs. */
    RANGES,
    /**
     * Braces in a URL are expanded: <code>{1..100}</code>, <code>{01..10}</code>, <code>{1..9..2}</code> , <code>{a..e}
     * </code>, <code>{a,b,c}</code>.
     */
    BRACES,
    /** An argument is one input and is not changed. */
    LITERAL
}
