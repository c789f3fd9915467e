package dev.juggler.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a task gave back. It is written as it stands into the {@code value} of an outcome row. */
public sealed interface Value {

    /**
     * What a fetch read.
     *
     * @param status the HTTP status of the last answer; 0 when nothing was asked, since the file is there already
     * @param bytes the length of the body, with what tries before had brought of it
     * @param url the address the body came from, after redirects
     * @param path the file it was saved to; null without an output folder
     * @param sha256 the digest of the saved body in lower-case hexadecimal; null when it was not saved, or not asked for
     * @param crc32c the CRC-32C of the body in lower-case hexadecimal; null when it was not asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fetched(int status, long bytes, String url, String path, String sha256, String crc32c) implements Value {
        public Fetched(int status, long bytes, String url, String path, String sha256) {
            this(status, bytes, url, path, sha256, null);
        }
    }

    /**
     * What an external program left behind.
     *
     * @param exit its exit status; 128 + n when signal n ended it; -1 when it was ended before it had one
     * @param stdout what it wrote to stdout, at most the memory limit of the job
     * @param stderr what it wrote to stderr, likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exited(int exit, Output stdout, Output stderr) implements Value {

        /** The file with all of stdout; null when {@link #stdout} is all of it. */
        @JsonProperty
        public String stdoutFile() {
            return stdout.file();
        }

        /** The file with all of stderr; null when {@link #stderr} is all of it. */
        @JsonProperty
        public String stderrFile() {
            return stderr.file();
        }
    }

    /**
     * What a function returned, as a JSON value: null, Boolean, Number, String, or an unmodifiable List or Map of
     * such.
     */
    record Computed(@JsonValue Object json) implements Value {}

    /**
     * One output stream of a program.
     *
     * @param bytes the beginning of it, at most the memory limit; never changed after construction
     * @param length the length of all of it
     * @param file where all of it lies when it is longer than {@code bytes}; null when it is not
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(byte[] bytes, long length, String file) {
        /** Nothing was written. */
        public static final Output EMPTY = new Output(new byte[0], 0, null);

        /** The beginning as UTF-8 text; malformed bytes become U+FFFD. */
        @JsonValue
        public String text() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
