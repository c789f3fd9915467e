package dev.juggler.job;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The input of one task. Its {@link #key()} is its identity, which is the same in every run of the same list. */
public sealed interface Input {

    /** The identity of this input in rows and in the journal; two equal inputs have equal keys. */
    String key();

    /** A text: a URL, a file name, a line, or a number of more than 63 bits. */
    record Text(String value) implements Input {
        public Text {
            Objects.requireNonNull(value);
        }

        @Override
        public String key() {
            return value;
        }
    }

    /**
     * A URL with a user, and perhaps a password, before its host. The key has {@code ***} in their place, because keys
     * go into rows, journals and messages.
     */
    record Url(String value, String key) implements Input {
        private static final Pattern AUTHORITY = Pattern.compile("^((?:[^:/?#\\\\]*:)?/{1,3})?([^/?#\\\\]*)@");

        @Override
        public String toString() {
            return "Url[" + key + "]";
        }
    }

    /** The input for a URL: a {@link Url} when it has a user in it, otherwise a {@link Text}. */
    static Input url(String text) {
        if (text.indexOf('@') < 0) {
            return new Text(text);
        }
        Matcher user = Url.AUTHORITY.matcher(text);
        return user.find()
                ? new Url(text, Objects.requireNonNullElse(user.group(1), "") + "***" + text.substring(user.end() - 1))
                : new Text(text);
    }

    /** A whole number of a range, kept as a number so that a range of millions needs no texts. */
    record Whole(long value) implements Input {
        @Override
        public String key() {
            return Long.toString(value);
        }
    }

    /** A part of a file that starts and ends at line boundaries: {@code length} bytes from {@code offset}. */
    record FileChunk(String path, long offset, long length) implements Input {
        @Override
        public String key() {
            return path + "#" + offset + "+" + length;
        }
    }
}
