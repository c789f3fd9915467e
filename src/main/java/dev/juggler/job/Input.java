package dev.juggler.job;

/** What one task works on. Its {@link #key()} is its identity: the same in every run of the same list. */
public sealed interface Input {

    /** The identity of this input in rows and in the journal; two equal inputs have equal keys. */
    String key();

    /** A piece of text: a URL, a file name, a line, a number with more than 63 bits. */
    record Text(String value) implements Input {
        public Text {
            java.util.Objects.requireNonNull(value);
        }

        @Override
        public String key() {
            return value;
        }
    }

    /** A whole number out of a range; kept as a number so that a range of millions makes no text. */
    record Whole(long value) implements Input {
        @Override
        public String key() {
            return Long.toString(value);
        }
    }

    /** A part of a file that begins and ends at line boundaries: {@code length} bytes from {@code offset}. */
    record FileChunk(String path, long offset, long length) implements Input {
        @Override
        public String key() {
            return path + "#" + offset + "+" + length;
        }
    }
}
