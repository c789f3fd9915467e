package dev.juggler.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The value of a task, as it is written into the member {@code value} of an outcome row. */
public sealed interface Value {

    /**
     * The value of a fetch.
     *
     * @param status the HTTP status of the last response; 0 when no request was sent, because the file already exists
     * @param bytes the length of the body, with what earlier attempts had received of it
     * @param url the URL that the body came from, after redirects
     * @param path the file that it was saved to; null without an output folder
     * @param sha256 the digest of the saved body in lower-case hexadecimal; null when it was not saved or not requested
     * @param crc32c the CRC-32C of the body in lower-case hexadecimal; null when it was not requested
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fetched(
            int status,
            long bytes,
            String url,
            @Nullable String path,
            @Nullable String sha256,
            @Nullable String crc32c) implements Value {
        public Fetched(int status, long bytes, String url, @Nullable String path, @Nullable String sha256) {
            this(status, bytes, url, path, sha256, null);
        }
    }

    /**
     * The value of an external program.
     *
     * @param exit its exit status; 128 + n when signal n ended it; -1 when it was killed before it had one
     * @param stdout its stdout, up to the memory limit of the job
     * @param stderr its stderr, likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exited(int exit, Output stdout, Output stderr) implements Value {

        /** The file with all of stdout; null when {@link #stdout} holds all of it. */
        @JsonProperty
        public @Nullable String stdoutFile() {
            return stdout.file();
        }

        /** The file with all of stderr; null when {@link #stderr} holds all of it. */
        @JsonProperty
        public @Nullable String stderrFile() {
            return stderr.file();
        }
    }

    /**
     * The value of a function, as a JSON value: null, Boolean, Number, String, or an unmodifiable List or Map of JSON
     * values.
     */
    record Computed(@JsonValue @Nullable Object json) implements Value {}

    /**
     * One output stream of a program.
     *
     * @param bytes its beginning, up to the memory limit; never changed after construction
     * @param length the length of the whole stream
     * @param file the file with all of it when it is longer than {@code bytes}; otherwise null
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(
            byte[] bytes, long length, @Nullable String file) {
        /** Nothing was written. */
        public static final Output EMPTY = new Output(new byte[0], 0, null);

        /** The beginning as UTF-8 text; malformed bytes become U+FFFD. */
        @JsonValue
        public String text() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
